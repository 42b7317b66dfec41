import type { MangoQuery } from 'rxdb';
import type { Device } from '../../shared/devices/schema.ts';
import type { Doc, KindSpec } from '../../shared/kernel/kind.ts';
import type { Location } from '../../shared/organizations/schema.ts';
import type { Station } from '../../shared/stations/schema.ts';
import type { User } from '../../shared/users/schema.ts';
import type { Collections } from './collections.ts';
import type { StoredForm } from './stored-form.ts';

/**
 * What is asked of RxDB: the lists of the settings and sync screens, live where they are shown so, and whole kinds for the check of
 * a store. What a person waits for while they work is found by keys instead (`Reader`), as are facts inside a turn, which can't wait.
 */
export type Questions = {
  /** Every station of the organization, by code. */
  stations: () => Promise<Station[]>;
  /** Every location, by name. */
  locations: () => Promise<Location[]>;
  /** The scanners of a location, by name. */
  devicesAt: (locationId: string) => Promise<Device[]>;
  /** Everybody's name by id: now, and after each turn that changed one, until the answer is called. */
  watchNames: (
    onNames: (names: ReadonlyMap<string, string>) => void,
    onFailure: (error: unknown) => void,
  ) => () => void;
  /** Every document of a kind, by id, read a page at a time; what is written meanwhile may be among them. */
  every: (kind: string) => AsyncGenerator<Doc>;
};

const PAGE = 500;

export function createQuestions(collections: Collections, registry: Readonly<Record<string, KindSpec>>): Questions {
  const reference = collections.of('reference');
  const list = async <T extends Doc>(query: MangoQuery<StoredForm>): Promise<T[]> =>
    (await reference.find(query).exec()).map((found) => found.toJSON().body as T);

  return {
    stations: () => list<Station>({ selector: { kind: 'station' }, sort: [{ 'body.code': 'asc' }] }),
    locations: () => list<Location>({ selector: { kind: 'location' }, sort: [{ 'body.name': 'asc' }] }),
    devicesAt: (locationId) =>
      list<Device>({ selector: { kind: 'device', 'body.locationId': locationId }, sort: [{ 'body.name': 'asc' }] }),
    watchNames: (onNames, onFailure) => {
      const people = reference.find({ selector: { kind: 'user' }, sort: [{ 'body.name': 'asc' }] });
      const subscription = people.$.subscribe({
        next: (found) => onNames(new Map(found.map(({ id, body }) => [id, (body as User).name]))),
        error: onFailure,
      });
      return () => subscription.unsubscribe();
    },
    async *every(kind) {
      const spec = registry[kind];
      if (!spec) return;
      const collection = collections.of(spec.collection);
      // A key is `kind/id`, and `0` follows `/`.
      const selector = (after: string) => ({ key: { $gt: after, $lt: `${kind}0` } });
      for (let after = `${kind}/`; ; ) {
        const page = await collection.find({ selector: selector(after), sort: [{ key: 'asc' }], limit: PAGE }).exec();
        for (const found of page) yield found.toJSON().body as Doc;
        const last = page.at(-1);
        if (!last || page.length < PAGE) return;
        after = last.key;
      }
    },
  };
}
