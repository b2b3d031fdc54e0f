//! Pictures of the screen: read as X keeps them, cut, and written as PNG.

use std::{fs, io::BufWriter, path::Path};

/// A part of the screen, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rectangle {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

impl Rectangle {
    /// All there is.
    pub(super) const WHOLE: Self = Self {
        left: 0,
        top: 0,
        width: usize::MAX,
        height: usize::MAX,
    };
}

/// The pixels of a part of the screen, three bytes each.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} × {} pixels", self.width, self.height)
    }
}

impl Picture {
    /// Reads that part of a window dump which begins at `left` and `top`, as far as there is one.
    ///
    /// The dump is in the format of X (`XWDFile.h`), version 7, 32 bits for each pixel.
    pub(super) fn from_xwd(dump: &[u8], part: Rectangle) -> Self {
        let field = |number: usize| {
            let bytes = dump
                .get(number * 4..number * 4 + 4)
                .expect("a whole header");
            usize::try_from(u32::from_be_bytes(bytes.try_into().unwrap())).unwrap()
        };
        let (header, version, bits, line) = (field(0), field(1), field(11), field(12));
        assert_eq!((version, bits), (7, 32), "not the dump of a screen");
        let width = part.width.min(field(4).saturating_sub(part.left));
        let height = part.height.min(field(5).saturating_sub(part.top));

        let mut pixels = Vec::with_capacity(width * height * 3);
        let lines = dump.get(header + field(19) * 12..).expect("pixels");
        for line in lines.chunks(line).skip(part.top).take(height) {
            for pixel in line.chunks_exact(4).skip(part.left).take(width) {
                // Blue, green, red, unused: the order of a server on a little-endian machine.
                if let [blue, green, red, _] = pixel {
                    pixels.extend_from_slice(&[*red, *green, *blue]);
                }
            }
        }
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Says whether every pixel has the same colour, as before anything was drawn.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let mut pixels = self.pixels.chunks(3);
        let first = pixels.next();
        pixels.all(|pixel| Some(pixel) == first)
    }

    /// Writes the picture as PNG, with the folders that lead to it.
    ///
    /// # Panics
    ///
    /// If the file cannot be written.
    pub fn save(&self, path: &Path) {
        fs::create_dir_all(path.parent().expect("a file in a folder")).unwrap();
        let file = BufWriter::new(fs::File::create(path).unwrap());
        let size = |length: usize| u32::try_from(length).unwrap();
        let mut encoder = png::Encoder::new(file, size(self.width), size(self.height));
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.pixels).unwrap();
        writer.finish().unwrap();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_keeps_the_colours_of_its_pixels() {
        let dump = dump(&[[1, 2, 3], [4, 5, 6]], &[[7, 8, 9], [7, 8, 9]]);
        let part = |left, top, width, height| {
            let part = Rectangle {
                left,
                top,
                width,
                height,
            };
            Picture::from_xwd(&dump, part)
        };

        assert_eq!(part(1, 0, 9, 1).pixels, [4, 5, 6]);
        assert!(part(0, 1, 2, 1).is_blank());
        assert!(!Picture::from_xwd(&dump, Rectangle::WHOLE).is_blank());
    }

    /// Two lines of two pixels, each given as red, green, blue.
    fn dump(upper: &[[u8; 3]; 2], lower: &[[u8; 3]; 2]) -> Vec<u8> {
        let mut header = [0_u32; 25];
        for (number, value) in [(0, 100), (1, 7), (4, 2), (5, 2), (11, 32), (12, 8)] {
            header[number] = value;
        }
        let mut dump: Vec<u8> = header
            .iter()
            .flat_map(|field| field.to_be_bytes())
            .collect();
        for [red, green, blue] in upper.iter().chain(lower) {
            dump.extend([*blue, *green, *red, 0]);
        }
        dump
    }
}
