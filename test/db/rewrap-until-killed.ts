/** A program of its own that wraps keys anew, from one master key to the other and back: made to be killed at any moment. */
import { openKeyFile } from '../../src/db/key-file.ts';

const [, , file = ''] = process.argv;
const masters = [1, 2].map((byte) => Buffer.alloc(32, byte));
for (let times = 0; ; times += 1) {
  const [from = Buffer.alloc(0), to = Buffer.alloc(0)] = times % 2 === 0 ? masters : masters.toReversed();
  const keys = openKeyFile(file, from);
  keys.rewrap(to);
  keys.close();
  process.stdout.write(`${times}\n`);
}
