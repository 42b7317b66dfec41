/** The server as a program: settings → folder's lock → database → migrations → demo → listening → ready. */
import { kinds } from '../shared/collections.ts';
import { commands } from '../shared/commands.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { runServer } from './run-server.ts';

process.exit(await runServer(process.argv.slice(2), { kinds, commands }, seedDemo));
