// Plain JavaScript that even an old Node can read: below Node 22.14 the database driver would crash instead of failing,
// and TypeScript files cannot be run at all.
const [major] = process.versions.node.split('.').map(Number);

if (major < 26) {
  process.stderr.write(
    `ChATR Companion needs Node 26 and was started with Node ${process.versions.node}. Start it through npm (npm run demo, npm start): after npm ci, npm uses the right one.\n`,
  );
  process.exit(2);
}

const { enableCompileCache } = await import('node:module');
// What a start works out once and the next one finds: compiled code, checked content. It may be deleted at any time.
const cacheFolder = 'var/.cache';
enableCompileCache(cacheFolder);
const { main } = await import('./main.ts');
await main(process.argv.slice(2), cacheFolder);
