// Plain JavaScript that even an old Node can read: below Node 22.14 the database driver would crash instead of failing,
// and TypeScript files cannot be run at all.
const [major] = process.versions.node.split('.').map(Number);

if (major < 26) {
  process.stderr.write(
    `ChATR Companion needs Node 26 and was started with Node ${process.versions.node}. Start it through npm (npm run demo, npm start): after npm ci, npm uses the right one.\n`,
  );
  process.exit(2);
}

const { enableCompileCache, flushCompileCache, registerHooks } = await import('node:module');
// What a start works out once and the next one finds: compiled code, checked content. It may be deleted at any time.
const cacheFolder = 'var/.cache';
enableCompileCache(cacheFolder);

// Our own files and those of the packages with the most name their neighbours in full. Node would look for each on the
// disk, and for what kind it is in every folder above: a sixth of a start.
const kinds = { '.ts': 'module-typescript', '.js': 'module' };
const namesInFull = /^\.{1,2}\/.*(\.ts|\.js)$/;
const ofModules = /\/node_modules\/(?:kysely|zod)\//;
// Of zod's messages in sixty languages, a tenth of a start, only the English ones are ever said.
const [allLanguages, english] = ['../locales/index.js', '../locales/en.js'];
registerHooks({
  resolve(specifier, context, next) {
    const { parentURL } = context;
    const [, end] = namesInFull.exec(specifier) ?? [];
    if (parentURL === undefined || end === undefined || (end === '.js' && !ofModules.test(parentURL)))
      return next(specifier, context);
    const path = specifier === allLanguages ? english : specifier;
    return { url: new URL(path, parentURL).href, format: kinds[end], shortCircuit: true };
  },
});

const { main } = await import('./main.ts');
// Lets go of what it has read, which Node would keep in memory until it ends; and kept now, it is there after a crash too.
flushCompileCache();
await main(process.argv.slice(2), cacheFolder);
