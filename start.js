// `npm start` or `node start.js`: see scripts/launch.js.
import { launch } from './scripts/launch.js';

launch('start', process.argv.slice(2));
