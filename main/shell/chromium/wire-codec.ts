/** How a runtime turns bytes into base64 and back. */
export type BytesAsText = { toText(bytes: Uint8Array): string; fromText(text: string): Uint8Array<ArrayBuffer> };

export type WireCodec = { encode(value: unknown): string; decode(text: string): unknown };

/**
 * Structured-clone values as ASCII text: undefined, bigint, Date, RegExp, Map, Set, ArrayBuffer, typed arrays, errors,
 * cycles and shared references all cross. What structured clone refuses, `encode` refuses with Electron's sentence.
 *
 * This function is also injected into the browser as its own source: it must not use anything from outside itself.
 */
export const createWireCodec = (bytesAsText: BytesAsText): WireCodec => {
  const refusal = 'An object could not be cloned.';
  const asBytes = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

  const encodeNumber = (value: number): unknown =>
    Number.isFinite(value) && !Object.is(value, -0) ? value : ['n', Object.is(value, -0) ? '-0' : String(value)];

  const encode = (root: unknown): string => {
    const seen = new Map<object, number>();
    const encodeObject = (value: object): unknown => {
      const known = seen.get(value);
      if (known !== undefined) return ['@', known];
      seen.set(value, seen.size);
      if (Array.isArray(value)) return ['a', value.map(encodeAny)];
      if (value instanceof Date) return ['d', value.getTime()];
      if (value instanceof Map) return ['m', [...value].map(([key, item]) => [encodeAny(key), encodeAny(item)])];
      if (value instanceof Set) return ['s', [...value].map(encodeAny)];
      if (value instanceof ArrayBuffer) return ['b', bytesAsText.toText(new Uint8Array(value))];
      if (ArrayBuffer.isView(value)) return ['v', value.constructor.name, bytesAsText.toText(asBytes(value))];
      if (value instanceof RegExp) return ['r', value.source, value.flags];
      if (value instanceof Error) return ['e', value.name, value.message, value.stack ?? ''];
      if (Object.prototype.toString.call(value) !== '[object Object]') throw new Error(refusal);
      return ['o', Object.entries(value).map(([key, item]) => [key, encodeAny(item)])];
    };
    const encodeAny = (value: unknown): unknown => {
      if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
      if (value === undefined) return ['u'];
      if (typeof value === 'number') return encodeNumber(value);
      if (typeof value === 'bigint') return ['i', String(value)];
      if (typeof value === 'object') return encodeObject(value);
      throw new Error(refusal);
    };
    let cloned: unknown;
    try {
      // The platform's own clone decides what may cross, reads getters once and drops prototypes.
      cloned = structuredClone(root);
    } catch {
      throw new Error(refusal);
    }
    const json = JSON.stringify(encodeAny(cloned));
    // ASCII only, so that a text may be cut anywhere without breaking a surrogate pair.
    return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  };

  const decodeView = (name: string, text: string): unknown => {
    const { buffer } = bytesAsText.fromText(text);
    if (name === 'DataView') return new DataView(buffer);
    const kinds = [Uint8Array, Uint8ClampedArray, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array];
    const wide = [Float32Array, Float64Array, BigInt64Array, BigUint64Array];
    const kind = [...kinds, ...wide].find((candidate) => candidate.name === name);
    // Node's Buffer is a Uint8Array on the other side, as with Electron.
    return kind === undefined ? new Uint8Array(buffer) : new kind(buffer);
  };

  const decodeError = (name: string, message: string, stack: string): Error => {
    const kinds = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
    const kind = kinds.find((candidate) => candidate.name === name) ?? Error;
    const error = new kind(message);
    Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
    return error;
  };

  const decode = (text: string): unknown => {
    const seen: unknown[] = [];
    const keep = <Value>(value: Value): Value => {
      seen.push(value);
      return value;
    };
    const decodeArray = (items: unknown[]): unknown[] => {
      const array = keep<unknown[]>([]);
      for (const item of items) array.push(decodeAny(item));
      return array;
    };
    const decodeMap = (entries: [unknown, unknown][]): Map<unknown, unknown> => {
      const map = keep(new Map<unknown, unknown>());
      for (const [key, item] of entries) map.set(decodeAny(key), decodeAny(item));
      return map;
    };
    const decodeSet = (items: unknown[]): Set<unknown> => {
      const set = keep(new Set<unknown>());
      for (const item of items) set.add(decodeAny(item));
      return set;
    };
    const decodeObject = (entries: [string, unknown][]): object => {
      const object = keep<object>({});
      for (const [key, item] of entries) {
        // Defined, not assigned: a key named __proto__ stays a plain key.
        Object.defineProperty(object, key, {
          value: decodeAny(item),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return object;
    };
    const readers: Record<string, (cell: never) => unknown> = {
      u: () => undefined,
      n: (cell: [string, string]) => Number(cell[1]),
      i: (cell: [string, string]) => BigInt(cell[1]),
      '@': (cell: [string, number]) => seen[cell[1]],
      a: (cell: [string, unknown[]]) => decodeArray(cell[1]),
      d: (cell: [string, number | null | unknown[]]) =>
        keep(new Date(typeof cell[1] === 'number' ? cell[1] : Number.NaN)),
      m: (cell: [string, [unknown, unknown][]]) => decodeMap(cell[1]),
      s: (cell: [string, unknown[]]) => decodeSet(cell[1]),
      b: (cell: [string, string]) => keep(bytesAsText.fromText(cell[1]).buffer),
      v: (cell: [string, string, string]) => keep(decodeView(cell[1], cell[2])),
      r: (cell: [string, string, string]) => keep(new RegExp(cell[1], cell[2])),
      e: (cell: [string, string, string, string]) => keep(decodeError(cell[1], cell[2], cell[3])),
      o: (cell: [string, [string, unknown][]]) => decodeObject(cell[1]),
    };
    const decodeAny = (cell: unknown): unknown => {
      if (!Array.isArray(cell)) return cell;
      const tag = String(cell[0]);
      const read = Object.hasOwn(readers, tag) ? readers[tag] : undefined;
      if (read === undefined) throw new Error('Not a wire value');
      return read(cell as never);
    };
    return decodeAny(JSON.parse(text));
  };

  return { encode, decode };
};
