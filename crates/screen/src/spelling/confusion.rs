//! Which characters are taken for one another, because they sound alike or look alike, and which words sound alike.

use std::collections::HashMap;

use super::{
    format::{Reader, Writer},
    symbol::{Alphabet, FIRST_CHARACTER, Symbol},
};

/// How much alike two characters sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sound {
    /// Not alike.
    Different = 0,
    /// Syllables that speakers of some regions do not tell apart (zh and z, n and l, in and ing).
    Near = 1,
    /// Same syllable, other tone.
    SameSyllable = 2,
    /// Same syllable and tone.
    Same = 3,
}

/// A character that may be meant by another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confusable {
    /// The character that may be meant.
    pub symbol: Symbol,
    /// How much alike they sound.
    pub sound: Sound,
    /// How much alike they look: 0 not at all, 15 nearly the same strokes.
    pub shape: u8,
}

/// What the model file says about one character.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traits {
    /// Syllable times eight plus tone, for each reading.
    pub readings: Vec<u16>,
    /// Characters that look like it, with the likeness (1 to 15).
    pub lookalikes: Vec<(Symbol, u8)>,
    /// Whether official prose uses it, so that it may be suggested.
    pub usual: bool,
}

/// All characters and words that are taken for one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Confusions {
    traits: Vec<Traits>,
    /// For each syllable the class of syllables that are not told apart.
    classes: Vec<u16>,
    words: Vec<[Symbol; 2]>,
    /// Where each character's list begins in `confusables`.
    starts: Vec<u32>,
    confusables: Vec<Confusable>,
    /// Words by the classes of their syllables, sorted.
    by_sound: Vec<(u32, u32)>,
}

impl Confusions {
    /// `traits` of every character of the alphabet in order, the class of every syllable, and the words of two
    /// characters that may be suggested.
    pub fn new(traits: Vec<Traits>, classes: Vec<u16>, words: Vec<[Symbol; 2]>) -> Self {
        let mut made = Self { traits, classes, words, starts: vec![0], confusables: Vec::new(), by_sound: Vec::new() };
        made.list_confusables();
        made.index_words();
        made
    }

    /// What may be meant by a character.
    pub fn of(&self, symbol: Symbol) -> &[Confusable] {
        let Some(at) = symbol.checked_sub(FIRST_CHARACTER).map(usize::from) else { return &[] };
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => &self.confusables[*start as usize..*end as usize],
            _ => &[],
        }
    }

    /// Words of two characters that sound like these two characters, both characters other ones.
    pub fn words_like(&self, first: Symbol, second: Symbol, mut found: impl FnMut([Symbol; 2])) {
        let mut keys = [u32::MAX; 9];
        let mut count = 0;
        for a in self.classes_of(first).take(3) {
            for b in self.classes_of(second).take(3) {
                let key = u32::from(a) << 16 | u32::from(b);
                if !keys[..count].contains(&key) {
                    keys[count] = key;
                    count += 1;
                }
            }
        }
        for key in &keys[..count] {
            let from = self.by_sound.partition_point(|(known, _)| known < key);
            for (_, word) in self.by_sound[from..].iter().take_while(|(known, _)| known == key) {
                let word = self.words[*word as usize];
                if word[0] != first && word[1] != second {
                    found(word);
                }
            }
        }
    }

    /// How much alike two characters sound and look.
    pub fn likeness(&self, wrong: Symbol, right: Symbol) -> (Sound, u8) {
        let known = self.of(wrong).iter().find(|known| known.symbol == right);
        known.map_or((Sound::Different, 0), |known| (known.sound, known.shape))
    }

    fn character(&self, symbol: Symbol) -> Option<&Traits> {
        self.traits.get(usize::from(symbol.checked_sub(FIRST_CHARACTER)?))
    }

    fn classes_of(&self, symbol: Symbol) -> impl Iterator<Item = u16> {
        let readings = self.character(symbol).map_or(&[][..], |traits| &traits.readings);
        readings.iter().map(|reading| self.class(*reading))
    }

    fn class(&self, reading: u16) -> u16 {
        self.classes.get(usize::from(reading >> 3)).copied().unwrap_or(u16::MAX)
    }

    fn list_confusables(&mut self) {
        let mut by_class: HashMap<u16, Vec<(Symbol, u16)>> = HashMap::new();
        for (at, traits) in self.traits.iter().enumerate().filter(|(_, traits)| traits.usual) {
            for reading in &traits.readings {
                by_class.entry(self.class(*reading)).or_default().push((at as Symbol + FIRST_CHARACTER, *reading));
            }
        }
        for (at, traits) in self.traits.iter().enumerate() {
            let own = at as Symbol + FIRST_CHARACTER;
            let mut found: Vec<Confusable> = Vec::new();
            for mine in &traits.readings {
                for (symbol, theirs) in by_class.get(&self.class(*mine)).into_iter().flatten() {
                    let sound = match (mine == theirs, mine >> 3 == theirs >> 3) {
                        (true, _) => Sound::Same,
                        (_, true) => Sound::SameSyllable,
                        _ => Sound::Near,
                    };
                    found.push(Confusable { symbol: *symbol, sound, shape: 0 });
                }
            }
            found.extend(traits.lookalikes.iter().map(|(symbol, shape)| Confusable {
                symbol: *symbol,
                sound: Sound::Different,
                shape: *shape,
            }));
            found.retain(|other| other.symbol != own);
            found.sort_unstable_by_key(|other| (other.symbol, other.sound, other.shape));
            found.dedup_by(|later, kept| {
                let same = later.symbol == kept.symbol;
                if same {
                    kept.sound = kept.sound.max(later.sound);
                    kept.shape = kept.shape.max(later.shape);
                }
                same
            });
            self.confusables.extend(found);
            self.starts.push(self.confusables.len() as u32);
        }
    }

    fn index_words(&mut self) {
        let mut index = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            for a in self.classes_of(word[0]) {
                for b in self.classes_of(word[1]) {
                    index.push((u32::from(a) << 16 | u32::from(b), at as u32));
                }
            }
        }
        index.sort_unstable();
        index.dedup();
        self.by_sound = index;
    }

    /// Writes it into a model file.
    pub fn write(&self, out: &mut Writer) {
        out.number(self.classes.len());
        self.classes.iter().for_each(|class| out.short(*class));
        for traits in &self.traits {
            out.bytes(&[u8::from(traits.usual), traits.readings.len() as u8, traits.lookalikes.len() as u8]);
            traits.readings.iter().for_each(|reading| out.short(*reading));
            for (symbol, likeness) in &traits.lookalikes {
                out.short(*symbol);
                out.bytes(&[*likeness]);
            }
        }
        out.number(self.words.len());
        self.words.iter().flatten().for_each(|symbol| out.short(*symbol));
    }

    /// Reads it from a model file.
    pub fn read(input: &mut Reader<'_>, alphabet: &Alphabet) -> Result<Self, String> {
        let known = |symbol: Symbol| match alphabet.character(symbol) {
            Some(_) => Ok(symbol),
            None => Err(format!("symbol {symbol} is not in the alphabet")),
        };
        let count = input.number()?;
        let classes = input.shorts(count)?;
        let mut traits = Vec::with_capacity(alphabet.characters().len());
        for _ in alphabet.characters() {
            let (usual, readings, lookalikes) = (input.byte()?, input.byte()?, input.byte()?);
            let readings = input.shorts(usize::from(readings))?;
            let lookalikes = (0..lookalikes)
                .map(|_| Ok((known(input.short()?)?, input.byte()?.min(15))))
                .collect::<Result<_, String>>()?;
            traits.push(Traits { readings, lookalikes, usual: usual != 0 });
        }
        let count = input.number()?;
        let symbols = input.shorts(count.checked_mul(2).ok_or("a list is too long")?)?;
        let words = symbols
            .chunks_exact(2)
            .map(|pair| Ok([known(pair[0])?, known(pair[1])?]))
            .collect::<Result<_, String>>()?;
        Ok(Self::new(traits, classes, words))
    }
}
