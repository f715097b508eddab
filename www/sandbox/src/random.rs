//! References and ids. Nothing here is secret, so a small generator does (SplitMix64, as Java has it).

/// A source of numbers that follow from its seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A reference of a project or an organization: 20 lowercase letters that are not taken.
    pub(crate) fn reference(&mut self, taken: impl Fn(&str) -> bool) -> String {
        loop {
            let reference: String = (0..20).map(|_| (b'a' + (self.next() % 26) as u8) as char).collect();
            if !taken(&reference) {
                return reference;
            }
        }
    }

    /// Letters and digits, as keys have them.
    pub(crate) fn key(&mut self, length: usize) -> String {
        const CHARACTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        (0..length).map(|_| CHARACTERS[(self.next() % 62) as usize] as char).collect()
    }

    /// 40 hexadecimal digits, as tokens have them.
    pub(crate) fn token(&mut self) -> String {
        format!("{:016x}{:016x}{:08x}", self.next(), self.next(), self.next() as u32)
    }

    /// A UUID of version 4.
    pub(crate) fn uuid(&mut self) -> String {
        let bits = u128::from(self.next()) << 64 | u128::from(self.next());
        let bits = bits & !(0xF000 << 64) & !(0xC000 << 48) | (0x4000 << 64) | (0x8000 << 48);
        let digits = format!("{bits:032x}");
        [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
    }
}
