import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';

/**
 * The yardstick: a Bolt app that answers with the bot's own messages, so that Slack's work on a long answer is not counted
 * against the bot: the same one to a question it was given the answer to, else one of them in turn, after a click as well.
 * In App Home it shows one and the same page.
 */
const slackApiUrl = process.env.SLACK_API_URL ?? '';
const messages: Record<string, { text: string }> = JSON.parse(process.env.BARE_MESSAGES ?? '{}');
const page = JSON.parse(process.env.BARE_HOME ?? '[]');
const inTurn = Object.values(messages);
let turn = 0;
const next = (): { text: string } => {
  turn += 1;
  return inTurn[turn % inTurn.length] ?? { text: 'Acknowledged.' };
};

const app = new App({
  token: process.env.SLACK_BOT_TOKEN ?? '',
  receiver: new SocketModeReceiver({
    appToken: process.env.SLACK_APP_TOKEN ?? '',
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl } },
  }),
  clientOptions: { slackApiUrl },
  logLevel: LogLevel.ERROR,
});
app.command('/chatr', async ({ ack, command }) =>
  ack({ ...(messages[command.text] ?? next()), response_type: 'ephemeral' }),
);
app.action(/./, async ({ ack, respond }) => {
  await ack();
  await respond({ ...next(), response_type: 'ephemeral', replace_original: true });
});
app.event('app_home_opened', async ({ event, client }) => {
  if (event.tab === 'home')
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: page } });
});
await app.start();
process.stdout.write('ready\n');
