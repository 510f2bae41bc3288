/** Slack's names for the emoji that a calm app is likely to use. Others are shown by name, as Slack shows unknown ones. */
const byName: Record<string, string> = {
  '+1': '👍', '-1': '👎', thumbsup: '👍', thumbsdown: '👎', ok_hand: '👌', wave: '👋', clap: '👏', pray: '🙏',
  raised_hands: '🙌', raised_hand: '✋', raising_hand: '🙋', handshake: '🤝', muscle: '💪', point_right: '👉',
  point_left: '👈', point_down: '👇', point_up: '☝️', eyes: '👀', ear: '👂', speech_balloon: '💬', thought_balloon: '💭',
  left_speech_bubble: '🗨️', smile: '😄', slightly_smiling_face: '🙂', smiley: '😃', blush: '😊', relaxed: '☺️',
  neutral_face: '😐', thinking_face: '🤔', worried: '😟', cry: '😢', tired_face: '😫', joy: '😂', heart: '❤️',
  yellow_heart: '💛', green_heart: '💚', blue_heart: '💙', purple_heart: '💜', orange_heart: '🧡', white_heart: '🤍',
  sparkles: '✨', star: '⭐', tada: '🎉', seedling: '🌱', herb: '🌿', deciduous_tree: '🌳', evergreen_tree: '🌲',
  potted_plant: '🪴', sunflower: '🌻', tulip: '🌷', blossom: '🌼', leaves: '🍃', fallen_leaf: '🍂', sunny: '☀️',
  sun_behind_cloud: '⛅', cloud: '☁️', rainbow: '🌈', moon: '🌔', ocean: '🌊', mountain: '⛰️', compass: '🧭', map: '🗺️',
  world_map: '🗺️', house: '🏠', house_with_garden: '🏡', school: '🏫', hospital: '🏥', office: '🏢', door: '🚪',
  calendar: '📅', date: '📅', spiral_calendar_pad: '🗓️', alarm_clock: '⏰', clock1: '🕐', clock9: '🕘', clock10: '🕙',
  hourglass: '⌛', hourglass_flowing_sand: '⏳', stopwatch: '⏱️', timer_clock: '⏲️', bell: '🔔', no_bell: '🔕',
  zzz: '💤', crescent_moon: '🌙', books: '📚', book: '📖', open_book: '📖', notebook: '📓', bookmark: '🔖', memo: '📝',
  pencil: '✏️', pencil2: '✏️', page_facing_up: '📄', clipboard: '📋', file_folder: '📁', card_index_dividers: '🗂️',
  bar_chart: '📊', chart_with_upwards_trend: '📈', newspaper: '📰', headphones: '🎧', studio_microphone: '🎙️',
  clapper: '🎬', movie_camera: '🎥', film_projector: '📽️', tv: '📺', microscope: '🔬', mag: '🔍', mag_right: '🔎',
  bulb: '💡', wrench: '🔧', hammer_and_wrench: '🛠️', gear: '⚙️', key: '🔑', lock: '🔒', unlock: '🔓', link: '🔗',
  paperclip: '📎', pushpin: '📌', round_pushpin: '📍', email: '✉️', envelope: '✉️', inbox_tray: '📥', outbox_tray: '📤',
  telephone_receiver: '📞', phone: '☎️', iphone: '📱', computer: '💻', printer: '🖨️', shield: '🛡️', sos: '🆘',
  lifebuoy: '🛟', ring_buoy: '🛟', warning: '⚠️', information_source: 'ℹ️', question: '❓', exclamation: '❗',
  white_check_mark: '✅', heavy_check_mark: '✔️', ballot_box_with_check: '☑️', x: '❌', no_entry: '⛔',
  no_entry_sign: '🚫', white_circle: '⚪', black_circle: '⚫', red_circle: '🔴', large_blue_circle: '🔵',
  large_green_circle: '🟢', large_yellow_circle: '🟡', large_orange_circle: '🟠', arrow_right: '➡️', arrow_left: '⬅️',
  arrow_up: '⬆️', arrow_down: '⬇️', arrows_counterclockwise: '🔄', heavy_plus_sign: '➕', heavy_minus_sign: '➖',
  one: '1️⃣', two: '2️⃣', three: '3️⃣', four: '4️⃣', five: '5️⃣', baby: '👶', child: '🧒', family: '👪',
  busts_in_silhouette: '👥', bust_in_silhouette: '👤', people_hugging: '🫂', couple: '👫', coffee: '☕', tea: '🍵',
  teapot: '🫖', bread: '🍞', apple: '🍎', mortar_board: '🎓', trophy: '🏆', medal: '🏅', gift: '🎁', balloon: '🎈',
  umbrella: '☂️', bridge_at_night: '🌉', footprints: '👣', walking: '🚶', brain: '🧠', lotus_position: '🧘',
  butterfly: '🦋', bird: '🐦', robot_face: '🤖', scales: '⚖️', candle: '🕯️', new: '🆕', art: '🎨', puzzle_piece: '🧩',
  jigsaw: '🧩', repeat: '🔁', thread: '🧵', hash: '#️⃣', globe_with_meridians: '🌐', earth_africa: '🌍',
};

export function emojiFor(name: string): string | undefined {
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}

/** Replaces `:name:` in plain text where Slack would: a text object with `emoji` left on. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => emojiFor(name) ?? whole);
}
