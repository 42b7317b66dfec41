import { useTranslation } from 'react-i18next';

/** What a command did, in words: `A booking moved`. Any that a newer program sent is a change. */
export function useCommandWords(): (command: string) => string {
  const { t, i18n } = useTranslation('law');
  // Names of commands come from the law, so the key is known only at run time.
  const say = t as unknown as (key: string) => string;
  return (command) => say(i18n.exists(`law:command.${command}`) ? `command.${command}` : 'command.other');
}
