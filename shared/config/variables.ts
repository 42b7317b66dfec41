/**
 * Every environment variable that Praxis knows, by the part that reads it. Server, workstation and launcher share the list, so
 * that a misspelt name stops the start instead of being ignored.
 */
export const knownVariables: Readonly<Record<string, string>> = {
  PRAXIS_SERVER_HOST: 'address that the server listens on; 127.0.0.1 unless set',
  PRAXIS_SERVER_PORT: 'port that the server listens on; 9000 unless set',
  PRAXIS_TLS_CERT: 'file with the server certificate chain (PEM)',
  PRAXIS_TLS_KEY: 'file with its private key (PEM)',
  PRAXIS_BEHIND_PROXY: '"yes" when a proxy in front of the server ends TLS and sets X-Forwarded-For',
  PRAXIS_SECRET_FILE: 'secrets that several server processes on one PostgreSQL share; in the data folder unless set',
  PRAXIS_DATABASE_OWNER_URL: 'PostgreSQL login that owns the schema, for migrations; DATABASE_URL unless set',
  PRAXIS_DEMO_PASSWORD: 'password of the demo sign-ins, "off" for none',
  PRAXIS_DICOM_HOST: 'address of the DICOM door; 127.0.0.1 unless set',
  PRAXIS_DICOM_PORT: 'port of the DICOM door; 11112 unless set',
  PRAXIS_AE_TITLE: 'AE title of the DICOM door; PRAXIS unless set',
  PRAXIS_DATA: 'folder of all data; .praxis unless set',
  PRAXIS_KEY_DIR: 'folder of the station keys, outside the data',
  PRAXIS_EXPORT_DIR: 'folder for what a person saves, outside data and keys; their Downloads unless set',
  PRAXIS_DEBUG_PORT: 'port for a test to attach to the Chromium shell, loopback only',
  PRAXIS_CHROMIUM: 'path of the Chromium to use',
  PRAXIS_PROCESS: 'name of a helper process; set by Praxis itself',
  PRAXIS_SAMPLES: 'folder of larger sample images, for tests',
};

/** Names that start like ours and are none: most likely typing errors. */
export function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env).filter((name) => name.startsWith('PRAXIS_') && !Object.hasOwn(knownVariables, name));
}
