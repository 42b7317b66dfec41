/** What points to what: UNDO-5 and KERNEL-12 stand on these declarations. */
import { expect, it } from 'vitest';
import { linkedDocuments } from '../test/world/linked-documents.ts';
import { kinds } from './collections.ts';
import { commands } from './commands.ts';
import { findDependents, referencesOf } from './desk/references.ts';
import { law } from './law.ts';
import { createMemoryReader } from '../test/world/memory-reader.ts';

const documents = Object.entries(linkedDocuments).flatMap(([kind, docs]) => docs.map((doc) => ({ kind, doc })));
const kindOf = new Map(documents.map(({ kind, doc }) => [doc.id, kind]));
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];

/** Kinds that an undo takes away again. */
const removable = new Set(
  Object.values(commands)
    .filter((command) => command.undo === 'patches')
    .flatMap(({ writes }) => Object.keys(writes).filter((kind) => writes[kind] === 'all')),
);
/** Named in a document, and no reference of its own: an object's patient is its study's. */
const followed = new Set(['instance patient']);

it.each(documents)('$kind: the sample is one that the law knows', ({ kind, doc }) => {
  expect(kinds[kind]?.schema.safeParse(doc).error?.issues ?? []).toEqual([]);
});

it.each(Object.values(kinds).filter((kind) => linkedDocuments[kind.kind]))(
  '$kind: every declared reference leads to a document of its kind, and every key is used',
  (spec) => {
    const found = (linkedDocuments[spec.kind] ?? []).flatMap((doc) => referencesOf(spec, doc));
    expect(found.filter(({ kind, id }) => kindOf.get(id) !== kind && kind !== 'device')).toEqual([]);
    const declared = (spec.references ?? []).map((one) => one.kind);
    expect([...new Set(found.map((one) => one.kind))].toSorted()).toEqual([...new Set(declared)].toSorted());
  },
);

it.each(documents)('$kind: whatever it names and an undo can take away is a declared reference', ({ kind, doc }) => {
  const spec = kinds[kind];
  if (!spec) throw new Error(kind);
  const declared = new Set(referencesOf(spec, doc).map((one) => one.id));
  const { id: _own, ...rest } = doc;
  const named = textsIn(rest).filter((text) => removable.has(kindOf.get(text) ?? ''));
  expect(named.filter((id) => !declared.has(id) && !followed.has(`${kind} ${kindOf.get(id)}`))).toEqual([]);
});

it('UNDO-5: a document is found to be built upon as long as anything names it', async () => {
  const reader = createMemoryReader(linkedDocuments);
  const built = new Map<string, string | undefined>();
  for (const { kind, doc } of documents)
    built.set(doc.id, (await findDependents(law, reader, [{ kind, id: doc.id, before: doc, after: null }]))?.kind);
  const named = new Set(documents.flatMap(({ doc: { id: _own, ...rest } }) => textsIn(rest)));
  const missed = documents.filter(({ kind, doc }) => removable.has(kind) && named.has(doc.id) && !built.get(doc.id));
  expect(missed.map(({ kind }) => kind)).toEqual([]);
});
