import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { formText } from '../../shared/people/names.ts';
import type { Patient } from '../../shared/people/schema.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useDraft } from '../bridge/use-draft.ts';
import { useZone } from '../bridge/use-zone.ts';
import { useUnfinished } from '../bridge/use-unfinished.ts';
import { useView } from '../bridge/use-view.ts';
import { useWords } from '../scheduling/words.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { DateField, parseBirthDay } from '../ui/date-field.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea, TextField } from '../ui/text-field.tsx';
import { UnfinishedNote } from '../ui/unfinished-note.tsx';
import { useViolationWords } from '../ui/violation-words.ts';
import { Duplicates } from './duplicates.tsx';
import { NameFields } from './name-fields.tsx';
import { blankDraft, detailsOf, latinOf, missingOf, patientDraft, writtenOf } from './patient-draft.ts';
import type { PatientDraft } from './patient-draft.ts';
import styles from './people.module.css';

export type PatientFormPart = {
  /** A known patient is edited; else a new one is registered. */
  patient?: Patient;
  initialName?: string;
  today: string;
  onSaved: (patientId: string) => void;
  onSamePerson: (patientId: string) => void;
  onCancel: () => void;
};

const NEW_PATIENT = 'patient/new/';

/** One column, three required fields first; likely duplicates show as one types. Enter saves. */
export function PatientForm(part: PatientFormPart) {
  const { say, locale } = useWords('people');
  const violationWords = useViolationWords();
  const { run, isRunning } = useCommand();
  const zone = useZone();
  const [begins] = useState<PatientDraft>(() =>
    part.patient ? patientDraft(part.patient) : blankDraft(part.initialName ?? '', locale),
  );
  const [draftKey, setDraftKey] = useState(() =>
    part.patient ? `patient/${part.patient.id}` : `${NEW_PATIENT}${crypto.randomUUID()}`,
  );
  const shown: Record<string, Doc> = part.patient ? { [`patient/${part.patient.id}`]: part.patient } : {};
  const kept = useDraft(draftKey, part.patient?.id ?? null, begins, shown);
  const unfinished = useUnfinished(part.patient ? null : NEW_PATIENT);
  const earlier = unfinished.drafts.find((one) => one.key !== draftKey);
  const draft = kept.body;
  const change: (some: Partial<PatientDraft>) => void = kept.change;
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<readonly Violation[]>([]);
  const forget = (): void => void kept.discard();
  const cancel = (): void => {
    forget();
    part.onCancel();
  };
  const missing = missingOf(draft);
  const phones = draft.phones
    .split('\n')
    .filter((one) => one.trim() !== '')
    .slice(0, 6);
  const sketch = {
    name: formText(writtenOf(draft)),
    latin: formText(latinOf(draft)),
    birthDate: draft.birthDate,
    phones,
  };
  const asked = sketch.name.trim().length >= 2;
  const found = useView('people/duplicates', asked ? { ...sketch, exceptId: part.patient?.id ?? null } : null);

  const save = async (): Promise<void> => {
    setTried(true);
    if (missing.length > 0 || isRunning) return;
    const details = detailsOf(draft, part.patient ?? null);
    const call = part.patient
      ? { name: 'people/update', input: { patientId: part.patient.id, details } }
      : { name: 'people/register', input: { details } };
    const done = say(part.patient ? 'done.updated' : 'done.registered', { name: sketch.name });
    const answer = await run(call.name, call.input, { seen: kept.seen, done, refusal: 'inline' });
    if (!answer.ok) return setRefused(answer.violations);
    forget();
    part.onSaved(part.patient?.id ?? answer.written.find((one) => one.kind === 'patient')?.id ?? '');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { target } = event;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      cancel();
    } else if (
      event.key === 'Enter' &&
      !(target instanceof HTMLButtonElement) &&
      !(target instanceof HTMLTextAreaElement)
    ) {
      event.preventDefault();
      void save();
    }
  };
  const wrong = (field: 'name' | 'sex' | 'birthDate'): string | null =>
    tried && missing.includes(field) ? say(`missing.${field}`) : null;
  return (
    <div className={styles.form} onKeyDown={onKeyDown}>
      {kept.restored && part.patient && kept.savedAtUtc && (
        <UnfinishedNote
          what="changes"
          name={undefined}
          savedAtUtc={kept.savedAtUtc}
          zone={zone}
          today={part.today}
          onContinue={null}
          onDiscard={forget}
        />
      )}
      {earlier && (
        <UnfinishedNote
          what="registration"
          name={formText(writtenOf({ ...begins, ...earlier.body }))}
          savedAtUtc={earlier.savedAtUtc}
          zone={zone}
          today={part.today}
          onContinue={() => setDraftKey(earlier.key)}
          onDiscard={() => unfinished.forget(earlier.key)}
        />
      )}
      <NameFields draft={draft} error={wrong('name')} onChange={change} />
      <Select
        label={say('field.sex')}
        required
        error={wrong('sex')}
        options={(['', 'F', 'M', 'O', 'U'] as const).map((value) => ({
          value,
          label: say(`sex.${value || 'choose'}`),
        }))}
        value={draft.sex}
        onChange={(sex) => change({ sex })}
      />
      <DateField
        label={say('field.birthDate')}
        required
        locale={locale}
        value={draft.birthDate}
        parse={(text) => parseBirthDay(text, part.today)}
        hint={say('birthDateHint')}
        wrongWords={say('wrong.birthDate')}
        error={wrong('birthDate')}
        onChange={(birthDate) => change({ birthDate, birthUnknown: false })}
      />
      <Checkbox
        checked={draft.birthUnknown}
        onChange={(birthUnknown) => change({ birthUnknown, ...(birthUnknown && { birthDate: null }) })}
      >
        {say('field.birthUnknown')}
      </Checkbox>
      <TextField
        label={say('field.phone')}
        type="tel"
        dir="ltr"
        value={draft.phones}
        onChange={(value) => change({ phones: value })}
      />
      {found.state === 'ready' && (
        <Duplicates
          rows={found.value}
          sketch={{ ...sketch, sex: draft.sex }}
          onSamePerson={(patientId) => {
            forget();
            part.onSamePerson(patientId);
          }}
        />
      )}
      <AllergyFields draft={draft} onChange={change} />
      <MoreFields draft={draft} onChange={change} />
      {refused.length > 0 && (
        <ul className={styles.duplicate} role="alert">
          {refused.map((one) => (
            <li key={one.code}>{violationWords(one)}</li>
          ))}
        </ul>
      )}
      <div className={styles.formActions}>
        <Button kind="main" size="main" keyCap="Enter" onClick={() => void save()}>
          {say(part.patient ? 'save' : 'register', { name: sketch.name })}
        </Button>
        <Button size="main" keyCap="Esc" onClick={cancel}>
          {say('leave')}
        </Button>
      </div>
    </div>
  );
}

type Fields = { draft: PatientDraft; onChange: (part: Partial<PatientDraft>) => void };

function AllergyFields({ draft, onChange }: Fields) {
  const { say } = useWords('people');
  const states = ['not_asked', 'none_known', 'listed'] as const;
  return (
    <>
      <Select
        label={say('field.allergies')}
        options={states.map((value) => ({ value, label: say(`allergy.${value}`) }))}
        value={draft.allergyState}
        onChange={(allergyState) => onChange({ allergyState })}
      />
      {draft.allergyState === 'listed' && (
        <TextArea
          label={say('field.substances')}
          hint={say('onePerLine')}
          rows={2}
          value={draft.allergies}
          onChange={(allergies) => onChange({ allergies })}
        />
      )}
    </>
  );
}

function MoreFields({ draft, onChange }: Fields) {
  const { say } = useWords('people');
  const text = (name: 'guardian' | 'guardianPhone' | 'payer' | 'email' | 'address') => (
    <TextField label={say(`field.${name}`)} value={draft[name]} onChange={(value) => onChange({ [name]: value })} />
  );
  return (
    <details>
      <summary>{say('more')}</summary>
      <div className={styles.form}>
        <div className={styles.pair}>
          {text('guardian')}
          {text('guardianPhone')}
        </div>
        {text('payer')}
        {text('email')}
        {text('address')}
        <TextArea
          label={say('field.identifiers')}
          hint={say('identifiersHint')}
          rows={2}
          value={draft.identifiers}
          onChange={(identifiers) => onChange({ identifiers })}
        />
        <Select
          label={say('field.language')}
          options={['id', 'en', 'ar', 'ru', 'ja', 'ko'].map((value) => ({ value, label: say(`language.${value}`) }))}
          value={draft.language}
          onChange={(language) => onChange({ language })}
        />
      </div>
    </details>
  );
}
