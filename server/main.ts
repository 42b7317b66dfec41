/** The server as a program: settings → folder's lock → database → migrations → demo → listening → ready. */
import { law } from '../shared/law.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { runServer } from './run-server.ts';

process.exit(await runServer(process.argv.slice(2), law, seedDemo));
