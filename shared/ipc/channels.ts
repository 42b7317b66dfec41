/** The request/answer channels a screen may call; the preload lets no other name through. */
export const channels = ['command.run', 'view.open', 'view.close', 'session', 'draft', 'station', 'document'] as const;

/** What main may push to a screen. */
export const pushes = ['view.changed', 'session.changed', 'station.changed'] as const;

/** Name of a request/answer channel. */
export type Channel = (typeof channels)[number];

/** Name of a push. */
export type Push = (typeof pushes)[number];
