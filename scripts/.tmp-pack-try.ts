import { pack } from './pack.ts';
const s = await pack('/tmp/shellexp/root-YK3q', '/tmp/shellexp/root-YK3q/release');
console.log(JSON.stringify({...s, native: s.native}, null, 1));
