/** A grey wedge of 16 × 12 pixels, as a baseline JPEG. */
export const tinyJpeg = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.from(
      '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/wAALCAAMABABAREA/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUG/8QAGRAAAQUAAAAAAAAAAAAAAAAAAAMUFVJi/9oACAEBAAA/AKU5oTmjAu1rB2tY/9k=',
      'base64',
    ),
  );
