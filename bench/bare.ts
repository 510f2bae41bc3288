import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';

/**
 * The yardstick: a Bolt app that only acknowledges. Its visible answer is a short text or, where BARE_ANSWER holds one,
 * always the same message, so that Slack's own work on a long answer is not counted against the bot.
 */
const slackApiUrl = process.env.SLACK_API_URL ?? '';
const token = process.env.SLACK_BOT_TOKEN ?? '';
const appToken = process.env.SLACK_APP_TOKEN ?? '';

const app = new App({
  token,
  receiver: new SocketModeReceiver({
    appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl } },
  }),
  clientOptions: { slackApiUrl },
  logLevel: LogLevel.ERROR,
});
const answer = process.env.BARE_ANSWER ? JSON.parse(process.env.BARE_ANSWER) : 'Acknowledged.';
app.command('/chatr', async ({ ack }) => ack(answer));
await app.start();
process.stdout.write('ready\n');
