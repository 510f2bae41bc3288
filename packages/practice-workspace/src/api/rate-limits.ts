/**
 * Slack's rate limits, on demand: calls per minute per method by tier, one message a second per channel with short
 * bursts. Real time, since Slack's are. /apis/web-api/rate-limits
 */
export type RateLimits = { secondsToWait(method: string, channel: string): number | undefined };

const perMinute: Record<string, number> = {
  'chat.postEphemeral': 100,
  'chat.update': 50,
  'chat.delete': 50,
  'conversations.open': 50,
  'conversations.invite': 50,
  'conversations.join': 50,
  'conversations.list': 20,
  'conversations.members': 100,
  'conversations.history': 50,
  'conversations.replies': 50,
  'conversations.info': 50,
  'users.info': 100,
  'users.list': 20,
  'users.lookupByEmail': 50,
  'users.conversations': 50,
  'views.open': 100,
  'views.update': 100,
  'views.push': 100,
  'views.publish': 100,
  'files.getUploadURLExternal': 100,
  'files.completeUploadExternal': 100,
  'reactions.add': 50,
  'reactions.remove': 20,
  'team.info': 50,
  'bots.info': 50,
  'apps.connections.open': 50,
};
/** Slack does not disclose the sizes of bursts; these are modest. */
const channelBurst = 5;
const postsPerMinute = 300;

type Bucket = { tokens: number; at: number };

export const noRateLimits: RateLimits = { secondsToWait: () => undefined };

export function rateLimits(now: () => number = () => performance.now()): RateLimits {
  const buckets = new Map<string, Bucket>();
  function take(key: string, size: number, perSecond: number): number | undefined {
    const bucket = buckets.get(key) ?? { tokens: size, at: now() };
    bucket.tokens = Math.min(size, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond);
    bucket.at = now();
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return undefined;
  }
  return {
    secondsToWait(method, channel) {
      if (method === 'chat.postMessage')
        return take(`post ${channel}`, channelBurst, 1) ?? take('posts', postsPerMinute, postsPerMinute / 60);
      const limit = perMinute[method];
      return limit === undefined ? undefined : take(method, limit, limit / 60);
    },
  };
}
