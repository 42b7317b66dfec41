// Keys of the words are types: a key that is not in the English file does not compile. One line an area.
import type frame from '../../../resources/locales/en/frame.json';
import type kit from '../../../resources/locales/en/kit.json';
import type reading from '../../../resources/locales/en/reading.json';
import type session from '../../../resources/locales/en/session.json';
import type settings from '../../../resources/locales/en/settings.json';
import type sync from '../../../resources/locales/en/sync.json';
import type violations from '../../../resources/locales/en/violations.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    resources: {
      frame: typeof frame;
      kit: typeof kit;
      reading: typeof reading;
      session: typeof session;
      settings: typeof settings;
      sync: typeof sync;
      violations: typeof violations;
    };
  }
}
