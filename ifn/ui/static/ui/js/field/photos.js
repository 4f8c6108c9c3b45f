// Photos small enough for a phone and a poor line; their place stays behind, for a canvas knows none.
const LONGEST = 1600;
const TRIES = [[1, 0.82], [0.75, 0.75], [0.5, 0.7], [0.35, 0.6]];

// Returns a JPEG of at most so many bytes, or nothing where the file is no picture.
export async function smaller(file, most) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
  try {
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    for (const [share, quality] of TRIES) {
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale * share));
      canvas.height = Math.max(1, Math.round(picture.height * scale * share));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
      if (made && made.size <= most) return made;
    }
    return null;
  } finally {
    picture.close();
  }
}

// The content security policy allows data: pictures, not blob: ones.
export function shown(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
