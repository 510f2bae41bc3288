import { ContentFolder } from '../../src/content/read.ts';
import { type Retention, readRetention } from '../../src/content/retention.ts';

const folder = new ContentFolder('data');
const shipped = readRetention(folder);
folder.finish();
if (!shipped) throw new Error('The content does not fit.');

/** As shipped. */
export const retention: Retention = shipped;
