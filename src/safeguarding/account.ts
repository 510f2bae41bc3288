import type { Stretch } from './fold.ts';

const network = '(?:instagram|insta|facebook|tiktok|tik tok|snapchat|snap|twitter|threads)';
const site = String.raw`(?:instagram|facebook|tiktok|snapchat|twitter|threads|x)\.(?:com|net)`;
const handle = String.raw`[\w][\w.]{1,28}[\w]`;
/** Of a network's own, and nobody's account. */
const pages =
  '(?:p|reel|reels|explore|stories|groups|events|watch|pages|share|sharer|hashtag|search|home|help|login|legal|policies|business|about|safety|tag|discover|i|intent)';

const patterns = [
  // "instagram.com/maria.k", "tiktok.com/@maria".
  String.raw`(?<![\p{L}\p{N}.-])((?:www\.|m\.)?${site}/(?!${pages}(?:[/?#]|(?![\w.])))(?:add/)?@?${handle})`,
  // "@mariak on instagram"
  String.raw`(?<![\p{L}\p{N}.])(@${handle})[ ]?(?:\(|(?:is |was )?(?:on|at|from)[ ](?:his |her |their )?)${network}(?![\p{L}])`,
  // "her insta is @mariak", "Snapchat: mariak99": without the sign, only what looks like an account's name.
  String.raw`(?<!\p{L})${network}(?:[ ](?:is|was|name|account|handle|user|username|id))*[ ]?[:=-]?[ ]?(@${handle})`,
  String.raw`(?<!\p{L})${network}(?:[ ](?:name|account|handle|user|username|id))*(?:[ ](?:is|was)|[ ]?[:=])[ ](?=\w*[\d._])(${handle})`,
].map((pattern) => new RegExp(pattern, 'giud'));

/** What somebody is called in a social network: whoever has it has their pictures. */
export const findAccounts = (text: string): Stretch[] =>
  patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ indices }) => {
      const [start, end] = indices?.[1] ?? [0, 0];
      return end > start ? [{ start, end }] : [];
    }),
  );
