import { resourceTypes } from '../content.ts';

const kinds = Object.values(resourceTypes)
  .flatMap(({ words }) => words)
  .toSorted((a, b) => b.length - a.length)
  .join('|');
const kind = new RegExp(`(?<!\\p{L})(?:${kinds})(?!\\p{L})`, 'iu');
/** Where or when somebody listens, watches or reads: "for the drive home", "on my commute", "at lunch". */
const occasion =
  /(?<!\p{L})(?:for|on|in|during|at|over|while|to (?:fill|pass)) (?:(?:the|my|our|a|an) )?(?:(?:long|short|morning|evening) )?(?:drive|driving|commute|commuting|train|bus|tube|car|way|walk|walking|run|running|ride|cycle|journey|school run|lunch|lunchtime|lunch ?break|tea ?break|coffee ?break|break|gym|dishes|ironing|cooking|weekend|bedtime)(?: (?:home|in|back|there|to work|to the office|from work|into work|between visits|the dog|dinner))?(?!\p{L}| (?:to|from|of|and|up|down|off|away|out|abuse|accident|crash|seats?)(?!\p{L}))/giu;

/** A question that names a kind, without where and when that is to be listened to, watched or read. */
export const withoutOccasion = (text: string): string =>
  kind.test(text) ? text.replace(occasion, ' ') : text;
