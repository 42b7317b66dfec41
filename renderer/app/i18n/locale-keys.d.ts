// Keys of the words are types: a key that is not in the English file does not compile. One line an area.
import type billing from '../../../resources/locales/en/billing.json';
import type frame from '../../../resources/locales/en/frame.json';
import type inbox from '../../../resources/locales/en/inbox.json';
import type kit from '../../../resources/locales/en/kit.json';
import type law from '../../../resources/locales/en/law.json';
import type papers from '../../../resources/locales/en/papers.json';
import type reading from '../../../resources/locales/en/reading.json';
import type session from '../../../resources/locales/en/session.json';
import type settings from '../../../resources/locales/en/settings.json';
import type sync from '../../../resources/locales/en/sync.json';
import type violations from '../../../resources/locales/en/violations.json';
import type charting from '../../../resources/locales/en/charting.json';
import type orders from '../../../resources/locales/en/orders.json';
import type waitingRoom from '../../../resources/locales/en/waiting-room.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    resources: {
      billing: typeof billing;
      frame: typeof frame;
      inbox: typeof inbox;
      kit: typeof kit;
      law: typeof law;
      papers: typeof papers;
      reading: typeof reading;
      session: typeof session;
      settings: typeof settings;
      sync: typeof sync;
      violations: typeof violations;
      'waiting-room': typeof waitingRoom;
      orders: typeof orders;
      charting: typeof charting;
    };
  }
}
