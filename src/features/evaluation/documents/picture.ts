import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Slow to load: only what is begun by `drawApart` imports it. */

const fileOf = (name: string) => readFileSync(createRequire(import.meta.url).resolve(name));

await initWasm(fileOf('@resvg/resvg-wasm/index_bg.wasm'));
/** As wide as Arial, letter by letter. The machine may have no fonts, and others would give other bytes. */
const fonts = [fileOf('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf')];

/** An SVG as PNG on white, for programs that show no SVG. @param width in pixels. */
export function toPng(svg: string, width: number): Uint8Array {
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    background: '#ffffff',
    font: {
      fontBuffers: fonts,
      loadSystemFonts: false,
      defaultFontFamily: 'Arimo',
      sansSerifFamily: 'Arimo',
    },
  });
  const image = drawing.render();
  const png = image.asPng();
  image.free();
  drawing.free();
  return png;
}
