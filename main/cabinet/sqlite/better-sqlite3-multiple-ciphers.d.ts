/** The package ships its types outside of its `exports`, so that TypeScript cannot see them; its surface is better-sqlite3's. */
declare module 'better-sqlite3-multiple-ciphers' {
  import Database = require('better-sqlite3');
  export = Database;
}
