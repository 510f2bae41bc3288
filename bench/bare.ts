import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';

/** The yardstick: a Bolt app that only acknowledges, with a short text as its visible answer. */
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
app.command('/chatr', async ({ ack }) => ack('Acknowledged.'));
await app.start();
process.stdout.write('ready\n');
