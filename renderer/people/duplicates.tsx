import type { DuplicateRow } from '../../shared/people/search-views.ts';
import { useWords } from '../scheduling/words.ts';
import { Button } from '../ui/button.tsx';
import { formatDay } from '../ui/day-format.ts';
import { PersonName } from '../ui/values.tsx';
import styles from './people.module.css';

type Sketch = { name: string; sex: string; birthDate: string | null; phones: readonly string[] };

/** Who may be the same person, compared field by field with what is typed (PEOPLE-6). */
export function Duplicates({
  rows,
  sketch,
  onSamePerson,
}: {
  rows: readonly DuplicateRow[];
  sketch: Sketch;
  onSamePerson: (patientId: string) => void;
}) {
  const { say } = useWords('people');
  if (rows.length === 0) return null;
  return (
    <section aria-label={say('duplicates.label')} className={styles.form}>
      {rows.slice(0, 3).map((row) => (
        <div key={row.patient.id} className={styles.duplicate} role="status">
          <b>{say(`duplicates.${row.strength}`)}</b>
          <Comparison row={row} sketch={sketch} />
          <Button size="toolbar" onClick={() => onSamePerson(row.patient.id)}>
            {say('duplicates.same', { name: row.written })}
          </Button>
        </div>
      ))}
    </section>
  );
}

function Comparison({ row, sketch }: { row: DuplicateRow; sketch: Sketch }) {
  const { say, locale } = useWords('people');
  const { patient, reasons } = row;
  const day = (value: string | null): string => (value ? formatDay(value, locale) : say('unknown'));
  const facts: Array<{ field: string; typed: string; known: string; same: boolean }> = [
    { field: 'name', typed: sketch.name, known: row.written, same: reasons.includes('name') },
    {
      field: 'birthDate',
      typed: day(sketch.birthDate),
      known: day(patient.birthDate),
      same: reasons.includes('birthDate'),
    },
    { field: 'phone', typed: sketch.phones[0] ?? '', known: patient.phones[0] ?? '', same: reasons.includes('phone') },
  ];
  return (
    <table>
      <thead>
        <tr>
          <td />
          <th scope="col">{say('duplicates.typed')}</th>
          <th scope="col">{patient.recordNumber}</th>
        </tr>
      </thead>
      <tbody>
        {facts.map((fact) => (
          <tr key={fact.field}>
            <th scope="row">{say(`fact.${fact.field}`)}</th>
            <td>
              <bdi>{fact.typed}</bdi>
            </td>
            <td className={fact.same ? styles.same : undefined}>
              {fact.field === 'name' ? <PersonName written={row.written} latin={row.latin} /> : fact.known}{' '}
              {fact.same ? say('duplicates.matches') : ''}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
