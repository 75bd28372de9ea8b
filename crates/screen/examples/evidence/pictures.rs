//! Pictures drawn with many variations: maps, photographs, charts, pages.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};
use screen::PictureShape;

use crate::Dice;

type Draw = fn(&mut Dice) -> RgbImage;

/// Drawings of five kinds with many variations, as PNG and JPEG: which look like maps, which like photographs.
pub fn pictures(dice: &mut Dice) {
    println!("\n{:<22}{:>8}{:>12}{:>14}", "drawn", "count", "like a map", "like a photo");
    let kinds: [(&str, Draw); 5] =
        [("maps", map), ("photographs", photo), ("bar charts", bars), ("pie charts", pie), ("pages of text", page)];
    for (name, draw) in kinds {
        let (mut maps, mut photos, mut count) = (0, 0, 0);
        for turn in 0..60 {
            let picture = draw(dice);
            let format = if turn % 2 == 0 { ImageFormat::Png } else { ImageFormat::Jpeg };
            let mut bytes = Vec::new();
            if picture.write_to(&mut Cursor::new(&mut bytes), format).is_err() {
                continue;
            }
            let Some(shape) = PictureShape::of(&bytes) else { continue };
            count += 1;
            maps += usize::from(shape.is_map_like());
            photos += usize::from(shape.is_photo());
        }
        println!("{name:<22}{count:>8}{maps:>12}{photos:>14}");
    }
}

fn colour(dice: &mut Dice, least: usize) -> Rgb<u8> {
    Rgb([0; 3].map(|_| u8::try_from(least + dice.below(256 - least)).unwrap_or(255)))
}

/// Districts around random towns, their borders bent, with a border line, roads and a white or blue surrounding.
fn map(dice: &mut Dice) -> RgbImage {
    let (width, height) = (300 + dice.below(700) as u32, 300 + dice.below(500) as u32);
    let towns: Vec<(f32, f32, Rgb<u8>)> = (0..5 + dice.below(20))
        .map(|_| (dice.below(width as usize) as f32, dice.below(height as usize) as f32, colour(dice, 150)))
        .collect();
    let bend = [0; 6].map(|_| 8.0 + dice.below(60) as f32);
    let outside = if dice.below(2) == 0 { Rgb([255, 255, 255]) } else { Rgb([200, 220, 245]) };
    let lines = dice.below(2) == 0;
    let (middle_x, middle_y) = (width as f32 / 2.0, height as f32 / 2.0);
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let x = x + (y / bend[0]).sin() * bend[1] / 4.0 + (y / bend[2] * 3.0).sin() * 4.0;
        let y = y + (x / bend[3]).sin() * bend[4] / 4.0 + (x / bend[5] * 3.0).cos() * 4.0;
        if ((x - middle_x) / middle_x).hypot((y - middle_y) / middle_y) > 0.92 {
            return outside;
        }
        let mut near: Vec<(f32, Rgb<u8>)> = towns.iter().map(|(tx, ty, c)| ((x - tx).hypot(y - ty), *c)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        if lines && near[1].0 - near[0].0 < 2.5 { Rgb([110, 110, 110]) } else { near[0].1 }
    })
}

/// Shades of several sizes over each other, and grain.
fn photo(dice: &mut Dice) -> RgbImage {
    let (width, height) = (300 + dice.below(700) as u32, 300 + dice.below(500) as u32);
    let waves: Vec<[f32; 5]> = (0..8)
        .map(|_| {
            [
                dice.below(60) as f32 + 5.0,
                dice.below(60) as f32 + 5.0,
                dice.below(628) as f32 / 100.0,
                4.0 + dice.below(24) as f32,
                dice.below(3) as f32,
            ]
        })
        .collect();
    let grain = 2 + dice.below(12);
    let mut noise = Dice(dice.below(usize::MAX) as u64);
    RgbImage::from_fn(width, height, |x, y| {
        let mut channels = [120.0_f32, 115.0, 105.0];
        for [wide, tall, phase, strength, channel] in &waves {
            let wave = (x as f32 / wide + phase).sin() * (y as f32 / tall + phase).cos() * strength;
            for (place, value) in channels.iter_mut().enumerate() {
                *value += if place as f32 == *channel { wave * 1.3 } else { wave };
            }
        }
        let grain = noise.below(2 * grain + 1) as f32 - grain as f32;
        Rgb(channels.map(|value| (value + grain).clamp(0.0, 255.0) as u8))
    })
}

fn bars(dice: &mut Dice) -> RgbImage {
    let colours = [colour(dice, 0), colour(dice, 0), colour(dice, 0)];
    let tall: Vec<u32> = (0..30).map(|_| 30 + dice.below(300) as u32).collect();
    RgbImage::from_fn(640, 400, |x, y| {
        let bar = (x / 32) as usize;
        let inside = x % 32 < 22 && y > 380 - tall[bar] && y < 380;
        if y == 380 || x == 10 || y % 60 == 0 && x % 4 == 0 {
            Rgb([60, 60, 60])
        } else if inside {
            colours[bar % 3]
        } else {
            Rgb([255, 255, 255])
        }
    })
}

fn pie(dice: &mut Dice) -> RgbImage {
    let colours = [0; 7].map(|_| colour(dice, 40));
    let parts = 3 + dice.below(5);
    RgbImage::from_fn(640, 400, |x, y| {
        let (x, y) = (x as f32 - 320.0, y as f32 - 200.0);
        if x.hypot(y) > 150.0 {
            return Rgb([255, 255, 255]);
        }
        let turn = (y.atan2(x) + std::f32::consts::PI) / std::f32::consts::TAU;
        colours[((turn * parts as f32) as usize).min(6)]
    })
}

/// Black strokes in lines on white paper.
fn page(dice: &mut Dice) -> RgbImage {
    let mut paper = RgbImage::from_pixel(620, 860, Rgb([255, 255, 255]));
    for line in 0..34 {
        for sign in 0..26 {
            for _ in 0..5 {
                let (x, y) = (50 + sign * 20 + dice.below(14) as u32, 40 + line * 24 + dice.below(14) as u32);
                let level = dice.below(2) == 0;
                for step in 0..6 {
                    let (x, y) = if level { (x + step, y) } else { (x, y + step) };
                    paper.put_pixel(x.min(619), y.min(859), Rgb([20, 20, 20]));
                }
            }
        }
    }
    paper
}
