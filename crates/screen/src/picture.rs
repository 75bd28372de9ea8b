//! Simple statistics of a picture, by which a map differs from a photograph, a chart and a page of text: a few flat
//! colours that meet in crooked lines. They never decide alone; the words around the picture speak too.

use std::io::Cursor;

use image::{ImageReader, Limits, RgbImage};
use serde::{Deserialize, Serialize};

/// Pixels beyond which a picture is not opened at all.
const MAX_PIXELS: u64 = 60_000_000;
/// Bytes that opening may take.
const MAX_MEMORY: u64 = 400_000_000;
/// Pixels on the longer side that are looked at.
const SAMPLE_SIDE: u32 = 400;

/// Statistics of one picture. All shares are of the sampled pixels, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureShape {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Pixels whose neighbours have the same colour, or nearly so.
    pub flat: f32,
    /// Pixels whose neighbours differ a little: the grain and shading of photographs.
    pub grain: f32,
    /// Pixels at an edge.
    pub edges: f32,
    /// Edges that run neither level nor upright: coasts and borders do, axes and table rules do not.
    pub oblique: f32,
    /// White pixels.
    pub white: f32,
    /// Colours (of 512) that cover one hundredth of the picture each, white not counted.
    pub areas: u32,
    /// Pixels in the eight most frequent colours (of 512).
    pub palette: f32,
}

impl PictureShape {
    /// Reads PNG, JPEG, GIF, WebP and BMP; `None` for anything else, for broken files and for excessive sizes.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let (width, height) = reader(bytes)?.into_dimensions().ok()?;
        if u64::from(width) * u64::from(height) > MAX_PIXELS {
            return None;
        }
        let mut limited = reader(bytes)?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(MAX_MEMORY);
        limited.limits(limits);
        let picture = limited.decode().ok()?;
        Self::measure(&sampled(&flattened(&picture)), width, height)
    }

    /// Too small for a map that anybody could read: icons, lines, buttons.
    pub fn is_tiny(&self) -> bool {
        self.width.min(self.height) < 120
    }

    /// Shading and grain everywhere: a photograph.
    pub fn is_photo(&self) -> bool {
        self.grain > 0.3 && self.palette < 0.85 || self.grain > 0.45
    }

    /// Several flat colours that meet in crooked lines.
    pub fn is_map_like(&self) -> bool {
        !self.is_tiny()
            && !self.is_photo()
            && self.flat > 0.5
            && self.white < 0.75
            // A round chart on white paper has few edges; a map fills its sheet or is full of lines.
            && (self.white < 0.4 || self.edges > 0.03)
            && self.areas >= 3
            && (0.008..0.4).contains(&self.edges)
            && self.oblique > 0.2
    }

    fn measure(picture: &RgbImage, width: u32, height: u32) -> Option<Self> {
        let (columns, rows) = picture.dimensions();
        if columns < 3 || rows < 3 {
            return None;
        }
        let light = |x: u32, y: u32| {
            let [r, g, b] = picture.get_pixel(x, y).0.map(i32::from);
            (r * 299 + g * 587 + b * 114) / 1000
        };
        let (mut flat, mut grain, mut edges, mut oblique, mut white) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
        let mut colours = [0_u32; 512];
        for y in 1..rows - 1 {
            for x in 1..columns - 1 {
                let [r, g, b] = picture.get_pixel(x, y).0;
                colours[usize::from(r >> 5) << 6 | usize::from(g >> 5) << 3 | usize::from(b >> 5)] += 1;
                white += u32::from(r > 240 && g > 240 && b > 240);
                let across = light(x + 1, y) - light(x - 1, y);
                let down = light(x, y + 1) - light(x, y - 1);
                let difference = [picture.get_pixel(x + 1, y).0, picture.get_pixel(x, y + 1).0]
                    .iter()
                    .flat_map(|other| other.iter().zip([r, g, b]).map(|(one, two)| one.abs_diff(two)))
                    .max()
                    .unwrap_or_default();
                match difference {
                    0..=4 => flat += 1,
                    5..=28 => grain += 1,
                    _ => {}
                }
                if across.abs().max(down.abs()) > 28 {
                    edges += 1;
                    oblique += u32::from(across.abs().min(down.abs()) * 3 > across.abs().max(down.abs()));
                }
            }
        }
        let total = (columns - 2) * (rows - 2);
        let share = |count: u32, of: u32| if of == 0 { 0.0 } else { count as f32 / of as f32 };
        let areas = colours[..511].iter().filter(|count| share(**count, total) > 0.01).count();
        colours.sort_unstable_by(|a, b| b.cmp(a));
        Some(Self {
            width,
            height,
            flat: share(flat, total),
            grain: share(grain, total),
            edges: share(edges, total),
            oblique: share(oblique, edges),
            white: share(white, total),
            areas: u32::try_from(areas).unwrap_or(u32::MAX),
            palette: share(colours[..8].iter().sum(), total),
        })
    }
}

fn reader(bytes: &[u8]) -> Option<ImageReader<Cursor<&[u8]>>> {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()
}

/// On white paper, as a page shows it.
fn flattened(picture: &image::DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let mut paper = RgbImage::new(picture.width(), picture.height());
    for (pixel, seen) in picture.to_rgba8().pixels().zip(paper.pixels_mut()) {
        let [r, g, b, alpha] = pixel.0.map(u32::from);
        let over = |colour: u32| u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255);
        seen.0 = [over(r), over(g), over(b)];
    }
    paper
}

/// Every n-th pixel, not an average: averaging would blur flat colours into shades.
fn sampled(picture: &RgbImage) -> RgbImage {
    let (width, height) = picture.dimensions();
    let step = width.max(height).div_ceil(SAMPLE_SIDE).max(1);
    RgbImage::from_fn(width.div_ceil(step), height.div_ceil(step), |x, y| {
        *picture.get_pixel((x * step).min(width - 1), (y * step).min(height - 1))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, Rgb};

    use super::*;

    /// Regions of flat colour with wavy borders, and a river.
    fn map(x: u32, y: u32) -> Rgb<u8> {
        let (fx, fy) = (x as f32, y as f32);
        let wave = (fx / 23.0).sin() * 30.0 + (fy / 17.0).cos() * 26.0 + (fx / 7.0 + fy / 9.0).sin() * 8.0;
        let place = (fx + wave) / 90.0;
        let other = (fy + wave * 0.7) / 80.0;
        if (place.fract() * 90.0).abs() < 1.6 || (other.fract() * 80.0).abs() < 1.6 {
            return Rgb([90, 90, 90]);
        }
        if (fy - 150.0 - wave * 1.4).abs() < 4.0 {
            return Rgb([120, 180, 240]);
        }
        let palette = [[250, 230, 190], [220, 240, 200], [250, 210, 210], [230, 220, 250], [200, 235, 240]];
        Rgb(palette[(place as usize * 2 + other as usize * 3) % palette.len()])
    }

    /// Light from one side, and grain.
    fn photo(x: u32, y: u32) -> Rgb<u8> {
        let grain = (x.wrapping_mul(7919).wrapping_add(y.wrapping_mul(104_729)) >> 3) % 23;
        let shade = 60 + (x / 4 + y / 5) % 120 + grain;
        let channel = |more: u32| u8::try_from((shade + more).min(255)).unwrap();
        Rgb([channel(10), channel(0), channel(25)])
    }

    /// Bars on white paper.
    fn chart(x: u32, y: u32) -> Rgb<u8> {
        if x == 40 || y == 280 {
            return Rgb([0, 0, 0]);
        }
        let bar = x / 50;
        let tall = y > 60 + (bar * 37) % 150 && y < 280;
        if x > 50 && x % 50 < 30 && tall { Rgb([60, 120, 200]) } else { Rgb([255, 255, 255]) }
    }

    fn shape(draw: fn(u32, u32) -> Rgb<u8>, format: ImageFormat) -> PictureShape {
        let mut bytes = Vec::new();
        RgbImage::from_fn(420, 320, draw).write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        PictureShape::of(&bytes).unwrap()
    }

    #[test]
    fn a_map_a_photograph_and_a_chart_are_told_apart() {
        for format in [ImageFormat::Png, ImageFormat::Bmp, ImageFormat::WebP] {
            let (map, photo, chart) = (shape(map, format), shape(photo, format), shape(chart, format));
            assert!(map.is_map_like() && !map.is_photo(), "{map:?}");
            assert!(photo.is_photo() && !photo.is_map_like(), "{photo:?}");
            assert!(!chart.is_photo() && !chart.is_map_like(), "{chart:?}");
        }
        let map = shape(map, ImageFormat::Jpeg);
        assert!(map.is_map_like(), "{map:?}");
        assert!(shape(photo, ImageFormat::Jpeg).is_photo());
    }

    #[test]
    fn what_is_no_picture_has_no_shape() {
        for bytes in [&b""[..], b"GIF89a", b"\x89PNG\r\n\x1a\n", &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16]] {
            assert_eq!(PictureShape::of(bytes), None);
        }
        // A bitmap that claims to be enormous is not opened.
        let mut bitmap = b"BM".to_vec();
        bitmap.extend([0; 12]);
        bitmap.extend(40_u32.to_le_bytes());
        bitmap.extend(60_000_i32.to_le_bytes());
        bitmap.extend(60_000_i32.to_le_bytes());
        bitmap.extend([1, 0, 24, 0]);
        bitmap.extend([0; 24]);
        assert_eq!(PictureShape::of(&bitmap), None);
    }

    #[test]
    fn an_icon_is_too_small_for_a_map() {
        let mut bytes = Vec::new();
        RgbImage::from_fn(64, 64, map).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        assert!(!PictureShape::of(&bytes).unwrap().is_map_like());
    }
}
