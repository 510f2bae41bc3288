/** What to do about a refusal of Slack's that tells how the bot is set up. */
const advice: Readonly<Record<string, string>> = {
  invalid_auth:
    'Slack does not accept the token. Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN in .env: copy them again from your app’s pages.',
  not_authed: 'Slack does not accept the token. Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN in .env.',
  account_inactive:
    'The app was removed from the workspace. Install it again, then copy the new SLACK_BOT_TOKEN.',
  token_revoked: 'The token was revoked. Install the app again, then copy the new SLACK_BOT_TOKEN.',
  missing_scope:
    'The app lacks a permission. Paste manifest.yml into your app’s "App Manifest" page again and reinstall it.',
};

/** @param code Slack's. @returns undefined for what says nothing of the setting up. */
export const adviceOn = (code: unknown): string | undefined =>
  typeof code === 'string' ? advice[code] : undefined;
