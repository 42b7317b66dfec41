import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../../bridge/use-station.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { StartForm } from './start-form.tsx';

const profiles = ['desk', 'scan', 'reading'] as const;

/** One more workstation of a clinic: the server's address and the one-time code that the manager gave. */
export function EnrolForm({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('session');
  const { enrol } = useStation();
  const [serverUrl, setServerUrl] = useState('https://');
  const [code, setCode] = useState('');
  const [stationName, setStationName] = useState('');
  const [profile, setProfile] = useState<(typeof profiles)[number]>('desk');
  const isComplete = URL.canParse(serverUrl) && code.trim() !== '' && stationName.trim() !== '';
  const request = { serverUrl: serverUrl.trim(), code: code.trim(), stationName: stationName.trim(), profile };
  return (
    <StartForm
      title={t('enrol.title')}
      note={t('enrol.note')}
      button={t('enrol.button')}
      missing={isComplete ? null : t('enrol.incomplete')}
      onStart={() => enrol({ do: 'enrol', ...request })}
      onBack={onBack}
    >
      <TextField label={t('enrol.serverUrl')} value={serverUrl} onChange={setServerUrl} dir="ltr" autoFocus />
      <TextField label={t('enrol.code')} value={code} onChange={setCode} hint={t('enrol.codeHint')} dir="ltr" />
      <TextField label={t('enrol.stationName')} value={stationName} onChange={setStationName} />
      <SegmentedControl
        label={t('enrol.profile')}
        value={profile}
        onChange={setProfile}
        options={profiles.map((value) => ({ value, label: t(`enrol.profiles.${value}`) }))}
      />
    </StartForm>
  );
}
