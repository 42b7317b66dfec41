/** What the suite calls RxDB's core, with what version 17 has no more or calls otherwise. */
export * from 'rxdb';
export { randomToken as randomCouchString } from 'rxdb';

export const getBlobSize = (blob: Blob): number => blob.size;
export const getAttachmentSize = (base64: string): number => Buffer.from(base64, 'base64').length;
