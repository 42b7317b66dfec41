import { fail, ok, type Result } from '../../../shared/kernel/result.ts';
import { type CharacterSet, decodeText, parseCharacterSet } from '../dataset/character-set.ts';
import type { ImplicitDataset } from '../dataset/implicit-dataset.ts';
import { type Keyword, knownTag, tags, tagText } from '../dataset/tags.ts';
import { type Attribute, answerAttributes, stepAttributes } from './attributes.ts';

/** A key with its value as asked; empty asks for the attribute without matching. */
export type AskedKey = { keyword: Keyword; attribute: Attribute; key: string };

export type WorklistQuery = {
  /** Keys of the answer itself. */
  answerKeys: AskedKey[];
  /** Keys of the scheduled procedure step; undefined if the sequence was not asked. */
  stepKeys: AskedKey[] | undefined;
  /** Whether every key asked was one that we know and can match. */
  supported: boolean;
  /** What was asked, by keyword or `(gggg,eeee)`, for the Scan screen. */
  keys: Record<string, string>;
};

const keyLengthMax = 256;
const valuesMax = 1000;

/**
 * Understands the keys of a worklist query (PS3.4 K.6.1.2). Texts are read in the query's own character set. A sequence asked
 * without items, or with an empty one, asks for all its attributes (PS3.4 C.2.2.2.6).
 */
export function readWorklistQuery(
  dataset: ImplicitDataset,
): Result<WorklistQuery, 'bad_sequence_key' | 'key_too_long'> {
  const declared = dataset.get(tags.SpecificCharacterSet.tag);
  const declaredText =
    declared !== undefined && 'bytes' in declared ? Buffer.from(declared.bytes).toString('latin1') : '';
  const { set } = parseCharacterSet(declaredText);
  const keys: Record<string, string> = {};
  const top = readKeys(dataset, answerAttributes, set, keys);
  if (top === undefined) return fail('key_too_long');

  const sequence = dataset.get(tags.ScheduledProcedureStepSequence.tag);
  if (sequence === undefined) return ok({ answerKeys: top.asked, stepKeys: undefined, supported: top.supported, keys });
  const items = 'items' in sequence ? sequence.items : undefined;
  if (items === undefined || items.length > 1) return fail('bad_sequence_key');
  const item = items[0];
  if (item === undefined || item.size === 0) {
    const stepKeys = (Object.entries(stepAttributes) as [Keyword, Attribute][]).map(([keyword, attribute]) => ({
      keyword,
      attribute,
      key: '',
    }));
    return ok({ answerKeys: top.asked, stepKeys, supported: top.supported, keys });
  }
  const inner = readKeys(item, stepAttributes, set, keys);
  if (inner === undefined) return fail('key_too_long');
  return ok({ answerKeys: top.asked, stepKeys: inner.asked, supported: top.supported && inner.supported, keys });
}

function readKeys(
  dataset: ImplicitDataset,
  attributes: Partial<Record<Keyword, Attribute>>,
  set: CharacterSet,
  keys: Record<string, string>,
): { asked: AskedKey[]; supported: boolean } | undefined {
  const asked: AskedKey[] = [];
  let supported = true;
  for (const element of dataset.values()) {
    if (element.tag === tags.SpecificCharacterSet.tag || element.tag === tags.ScheduledProcedureStepSequence.tag)
      continue;
    const known = knownTag(element.tag);
    const attribute = known === undefined ? undefined : attributes[known.keyword];
    const key = 'bytes' in element && known?.vr !== 'SQ' ? keyText(element.bytes, known?.vr, set) : '';
    if (key === undefined) return undefined;
    keys[known?.keyword ?? tagText(element.tag)] = key;
    const asksInside = 'items' in element && element.items.some((item) => item.size > 0);
    if (known === undefined || attribute === undefined || asksInside || (!attribute.matches && key !== ''))
      supported = false;
    if (known !== undefined && attribute !== undefined) asked.push({ keyword: known.keyword, attribute, key });
  }
  return { asked, supported };
}

/** A key's text without padding; undefined when no scanner would send such a thing. */
function keyText(bytes: Uint8Array, vr: string | undefined, set: CharacterSet): string | undefined {
  if (vr === undefined)
    return bytes.length > keyLengthMax
      ? '…'
      : Buffer.from(bytes)
          .toString('latin1')
          .replace(/[^\x20-\x7e]+/g, ' ')
          .trim();
  if (vr === 'US')
    return bytes.length < 2 ? '' : String(new DataView(bytes.buffer, bytes.byteOffset).getUint16(0, true));
  const values = decodeText(bytes, set, vr === 'PN' ? 'name' : 'text')
    .replace(/[\s\0]+$/, '')
    .split('\\');
  if (values.length > valuesMax || values.some((value) => value.length > keyLengthMax)) return undefined;
  return values.map((value) => value.replace(/^[\s\0]+|[\s\0]+$/g, '')).join('\\');
}
