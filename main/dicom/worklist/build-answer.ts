import { type CharacterSet, encodeText, isAscii } from '../dataset/character-set.ts';
import type { ImplicitDataset } from '../dataset/implicit-dataset.ts';
import { type Keyword, tags } from '../dataset/tags.ts';
import { writeImplicit } from '../dataset/write-implicit.ts';
import type { WorklistStep } from '../ports.ts';
import type { AskedKey, WorklistQuery } from './read-query.ts';
import { type WriteProblem, writeIdentifier, writeList, writeName, writeText } from './write-value.ts';

export type AnswerProblem = WriteProblem | 'value_missing';

export type BuiltAnswer =
  | { ok: true; bytes: Uint8Array; sentName: string; latinOnly: boolean }
  /** `keyword` names the attribute that could not be written. */
  | { ok: false; keyword: Keyword; why: AnswerProblem };

/** Said in Patient Comments when the name is not written as we keep it; ASCII, so that it needs no character set. */
const nameNotes = { latinOnly: 'Name in Latin letters only', shortened: 'Name shortened' };

type Failure = { keyword: Keyword; why: AnswerProblem };
/** Sorted out while the answer is built: the set to write in, whether any text needs it, the first failure. */
type Draft = { set: CharacterSet; hasBeyondAscii: boolean; failure: Failure | undefined; nameNote: string };

/**
 * Builds one answer (Implicit VR LE) with the attributes asked for. Type 1 attributes have a value; nothing but a name's last words is
 * cut: an answer that would need it is not built and says which attribute. (0008,0005) is there if and only if a text goes beyond ASCII.
 */
export function buildAnswer(step: WorklistStep, query: WorklistQuery, set: CharacterSet, setName: string): BuiltAnswer {
  const draft: Draft = { set, hasBeyondAscii: false, failure: undefined, nameNote: '' };
  const name = writeName(step.patientName, set);
  if (!name.ok) return { ok: false, keyword: 'PatientName', why: name.why };
  draft.nameNote = (['latinOnly', 'shortened'] as const)
    .flatMap((mark) => (name[mark] ? [nameNotes[mark]] : []))
    .join('; ');

  const dataset = buildAttributes(query.answerKeys, step, draft);
  if (query.stepKeys !== undefined) {
    const tag = tags.ScheduledProcedureStepSequence.tag;
    dataset.set(tag, { tag, items: [buildAttributes(query.stepKeys, step, draft)] });
  }
  if (draft.failure !== undefined) return { ok: false, ...draft.failure };
  if (draft.hasBeyondAscii) {
    const tag = tags.SpecificCharacterSet.tag;
    dataset.set(tag, { tag, bytes: Buffer.from(setName, 'latin1') });
  }
  return { ok: true, bytes: writeImplicit(dataset), sentName: name.text, latinOnly: name.latinOnly };
}

function buildAttributes(asked: readonly AskedKey[], step: WorklistStep, draft: Draft): ImplicitDataset {
  const dataset: ImplicitDataset = new Map();
  for (const key of asked) {
    const { tag, vr } = tags[key.keyword];
    if (key.attribute.kind === 'emptySequence') {
      dataset.set(tag, { tag, items: [] });
      continue;
    }
    if (key.attribute.kind === 'number') {
      const text = key.attribute.read(step);
      dataset.set(tag, { tag, bytes: text === '' ? new Uint8Array() : Uint8Array.of(Number(text), 0) });
      continue;
    }
    const written = writeAttribute(key, step, draft);
    const bytes = written.ok ? encodeText(written.text, draft.set, vr === 'PN' ? 'name' : 'text') : undefined;
    if (!written.ok || bytes === undefined) {
      draft.failure ??= { keyword: key.keyword, why: written.ok ? 'value_not_writable' : written.why };
      continue;
    }
    if (key.attribute.returnType === 1 && bytes.length === 0)
      draft.failure ??= { keyword: key.keyword, why: 'value_missing' };
    if (!isAscii(written.text)) draft.hasBeyondAscii = true;
    dataset.set(tag, { tag, bytes });
  }
  return dataset;
}

function writeAttribute(
  { keyword, attribute }: AskedKey,
  step: WorklistStep,
  draft: Draft,
): { ok: true; text: string } | { ok: false; why: WriteProblem } {
  const { vr } = tags[keyword];
  if (keyword === 'PatientComments') return { ok: true, text: draft.nameNote };
  const value = attribute.read(step);
  if (typeof value !== 'string') return writeName(value, draft.set);
  if (attribute.kind === 'identifier') return writeIdentifier(value, vr, draft.set);
  return attribute.kind === 'list' ? writeList(value, vr, draft.set) : writeText(value, vr, draft.set);
}
