import type { NameForm } from '../../shared/people/schema.ts';
import { useWords } from '../scheduling/words.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { PatientDraft } from './patient-draft.ts';
import { isForeign, latinOf, needsReading } from './patient-draft.ts';
import styles from './people.module.css';

type Part = { draft: PatientDraft; error: string | null; onChange: (part: Partial<PatientDraft>) => void };

/** The name as written, its reading where the script hides it, and the proposed Latin form, which may be corrected. */
export function NameFields({ draft, error, onChange }: Part) {
  const { say } = useWords('people');
  return (
    <>
      <FormFields
        kind="written"
        form={draft.written}
        oneName={draft.oneName}
        error={error}
        autoFocus
        onForm={(written) => onChange({ written })}
      />
      <Checkbox
        checked={draft.oneName}
        onChange={(oneName) =>
          onChange({
            oneName,
            written: oneName
              ? { family: '', given: '', text: [draft.written.given, draft.written.family].join(' ').trim() }
              : { family: draft.written.text, given: '', text: '' },
            latin: null,
          })
        }
      >
        {say('field.oneName')}
      </Checkbox>
      {needsReading(draft) && (
        <FormFields
          kind="phonetic"
          form={draft.phonetic}
          oneName={draft.oneName}
          error={null}
          onForm={(phonetic) => onChange({ phonetic })}
        />
      )}
      {isForeign(draft) && (
        <FormFields
          kind="latin"
          form={latinOf(draft)}
          oneName={draft.oneName}
          error={null}
          hint={draft.latin === null ? say('latinProposed') : undefined}
          onForm={(latin) => onChange({ latin })}
        />
      )}
    </>
  );
}

function FormFields(part: {
  kind: 'written' | 'phonetic' | 'latin';
  form: NameForm;
  oneName: boolean;
  error: string | null;
  hint?: string | undefined;
  autoFocus?: boolean;
  onForm: (form: NameForm) => void;
}) {
  const { say } = useWords('people');
  const { form, kind } = part;
  const field = (name: keyof NameForm, first: boolean) => (
    <TextField
      label={say(`field.${kind}.${name}`)}
      value={form[name]}
      maxLength={64}
      required={kind === 'written' && first}
      error={first ? part.error : null}
      hint={first ? part.hint : undefined}
      autoFocus={first && part.autoFocus}
      onChange={(value) => part.onForm({ ...form, [name]: value })}
    />
  );
  if (part.oneName) return field('text', true);
  return (
    <div className={styles.pair}>
      {field('family', true)}
      {field('given', false)}
    </div>
  );
}
