import type { ReceivedInstance } from './ports.ts';
import { implementationClassUid, implementationVersionName } from './uids.ts';

type MetaFields = Pick<ReceivedInstance, 'sopClassUid' | 'sopInstanceUid' | 'transferSyntaxUid' | 'callingAeTitle'>;

/**
 * What stands before the dataset in a DICOM file (PS3.10 7.1): 128 zero bytes, `DICM`, group 0002 in Explicit VR Little Endian.
 * Class and instance are those of the C-STORE command, the syntax that of its presentation context. The group stays plain under
 * the deflated syntax too.
 */
export function part10Header(instance: MetaFields): Buffer {
  const group = Buffer.concat([
    // (0002,0001) has VR OB, whose length takes four bytes after two reserved ones.
    Buffer.from([0x02, 0x00, 0x01, 0x00, 0x4f, 0x42, 0, 0, 2, 0, 0, 0, 0x00, 0x01]),
    encodeShortElement(0x0002, 'UI', padded(instance.sopClassUid, '\0')),
    encodeShortElement(0x0003, 'UI', padded(instance.sopInstanceUid, '\0')),
    encodeShortElement(0x0010, 'UI', padded(instance.transferSyntaxUid, '\0')),
    encodeShortElement(0x0012, 'UI', padded(implementationClassUid, '\0')),
    encodeShortElement(0x0013, 'SH', padded(implementationVersionName, ' ')),
    encodeShortElement(0x0016, 'AE', padded(instance.callingAeTitle, ' ')),
  ]);
  const groupLength = Buffer.alloc(4);
  groupLength.writeUInt32LE(group.length);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), encodeShortElement(0x0000, 'UL', groupLength), group]);
}

function encodeShortElement(element: number, vr: string, value: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(0x0002, 0);
  head.writeUInt16LE(element, 2);
  head.write(vr, 4, 'latin1');
  head.writeUInt16LE(value.length, 6);
  return Buffer.concat([head, value]);
}

function padded(text: string, pad: string): Buffer {
  return Buffer.from(text.length % 2 === 0 ? text : text + pad, 'latin1');
}
