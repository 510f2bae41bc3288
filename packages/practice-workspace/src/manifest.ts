import { z } from 'zod';

/**
 * The app's own manifest, parsed, in Slack's shape: what the workspace installs. Only what changes Slack's behaviour is
 * read strictly; the rest is Slack's to check. /reference/app-manifest
 */
const url = z.url().max(3000);
const command = z.strictObject({
  command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/, 'a command is / and up to 31 of a–z, 0–9, - and _'),
  description: z.string().min(1).max(2000),
  usage_hint: z.string().max(1000).optional(),
  should_escape: z.boolean().optional(),
  url: url.optional(),
});
const shortcut = z.strictObject({
  name: z.string().min(1).max(24),
  callback_id: z.string().min(1).max(255),
  description: z.string().min(1).max(150),
  type: z.enum(['global', 'message']),
});
const manifestShape = z.object({
  display_information: z.object({
    name: z.string().min(1).max(35),
    description: z.string().max(140).optional(),
    long_description: z.string().min(174).max(4000).optional(),
    background_color: z.string().optional(),
  }),
  features: z
    .object({
      app_home: z
        .strictObject({
          home_tab_enabled: z.boolean().optional(),
          messages_tab_enabled: z.boolean().optional(),
          messages_tab_read_only_enabled: z.boolean().optional(),
        })
        .optional(),
      bot_user: z
        .strictObject({
          display_name: z.string().min(1).max(80),
          always_online: z.boolean().optional(),
        })
        .optional(),
      slash_commands: z.array(command).max(50).optional(),
      shortcuts: z.array(shortcut).max(10).optional(),
    })
    .optional(),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()).max(255).optional() }) }).optional(),
  settings: z
    .object({
      event_subscriptions: z
        .object({ request_url: url.optional(), bot_events: z.array(z.string()).max(100).optional() })
        .optional(),
      interactivity: z
        .object({
          is_enabled: z.boolean(),
          request_url: url.optional(),
          message_menu_options_url: url.optional(),
        })
        .optional(),
      socket_mode_enabled: z.boolean().optional(),
    })
    .optional(),
});

export type PracticeManifest = z.input<typeof manifestShape>;

export type InstalledApp = {
  name: string;
  description: string;
  botName: string;
  homeTab: boolean;
  messagesTab: boolean;
  messagesTabReadOnly: boolean;
  commands: { command: string; description: string; usageHint: string; shouldEscape: boolean; url: string }[];
  shortcuts: { name: string; callbackId: string; type: 'global' | 'message'; description: string }[];
  scopes: Set<string>;
  events: Set<string>;
  interactive: boolean;
  socketMode: boolean;
  eventsUrl: string;
  interactivityUrl: string;
  optionsUrl: string;
};

/** Reads a manifest as Slack does when an app is installed. Throws an Error that names each fault. */
export function readManifest(manifest: unknown): InstalledApp {
  const read = manifestShape.safeParse(manifest);
  if (!read.success) throw new Error(`The manifest would be refused:\n${z.prettifyError(read.error)}`);
  const { display_information: display, features, oauth_config: oauth, settings } = read.data;
  const events = settings?.event_subscriptions;
  const interactivity = settings?.interactivity;
  return {
    name: display.name,
    description: display.description ?? '',
    botName: features?.bot_user?.display_name ?? display.name,
    homeTab: features?.app_home?.home_tab_enabled ?? false,
    messagesTab: features?.app_home?.messages_tab_enabled ?? false,
    messagesTabReadOnly: features?.app_home?.messages_tab_read_only_enabled ?? false,
    commands: (features?.slash_commands ?? []).map((entry) => ({
      command: entry.command,
      description: entry.description,
      usageHint: entry.usage_hint ?? '',
      shouldEscape: entry.should_escape ?? false,
      url: entry.url ?? '',
    })),
    shortcuts: (features?.shortcuts ?? []).map((entry) => ({
      name: entry.name,
      callbackId: entry.callback_id,
      type: entry.type,
      description: entry.description,
    })),
    scopes: new Set(oauth?.scopes.bot ?? []),
    events: new Set(events?.bot_events ?? []),
    interactive: interactivity?.is_enabled ?? false,
    socketMode: settings?.socket_mode_enabled ?? false,
    eventsUrl: events?.request_url ?? '',
    interactivityUrl: interactivity?.request_url ?? '',
    optionsUrl: interactivity?.message_menu_options_url ?? interactivity?.request_url ?? '',
  };
}
