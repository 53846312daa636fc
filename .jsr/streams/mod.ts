// Offline stand-in for jsr:@std/streams: the part of its API that this repository uses.

/** All text of a stream. */
export async function toText(stream: ReadableStream): Promise<string> {
  return await new Response(stream).text();
}
