//! A zip archive in, its parts out and back again: so that what is inside a workbook can be damaged and its checksums
//! still be right.

use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;

fn number(bytes: &[u8], at: usize, width: usize) -> usize {
    bytes[at..at + width]
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// The parts of an archive by their names.
pub fn parts(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let end = archive.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap();
    let mut at = number(archive, end + 16, 4);
    let mut parts = Vec::new();
    for _ in 0..number(archive, end + 10, 2) {
        let (packed, name_length) = (number(archive, at + 20, 4), number(archive, at + 28, 2));
        let name = String::from_utf8(archive[at + 46..at + 46 + name_length].to_vec()).unwrap();
        let header = number(archive, at + 42, 4);
        let start = header + 30 + number(archive, header + 26, 2) + number(archive, header + 28, 2);
        let bytes = &archive[start..start + packed];
        let mut part = Vec::new();
        match number(archive, at + 10, 2) {
            0 => part.extend_from_slice(bytes),
            _ => {
                DeflateDecoder::new(bytes).read_to_end(&mut part).unwrap();
            }
        }
        parts.push((name, part));
        at += 46 + name_length + number(archive, at + 30, 2) + number(archive, at + 32, 2);
    }
    parts
}

/// An archive of parts that are not packed.
pub fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let stored: Vec<(&str, &[u8], usize, u16)> = parts
        .iter()
        .map(|(name, part)| (name.as_str(), part.as_slice(), part.len(), 0))
        .collect();
    archive_of(&stored)
}

/// An archive of parts as they are: name, bytes, the size that they promise to unpack to, how they are packed.
pub fn archive_of(parts: &[(&str, &[u8], usize, u16)]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut list = Vec::new();
    for (name, part, size, method) in parts {
        let mut crc = Crc::new();
        crc.update(part);
        let mut told = Vec::new();
        told.extend([20, 0, 0, 0]);
        told.extend(method.to_le_bytes());
        told.extend([0; 4]);
        told.extend(crc.sum().to_le_bytes());
        told.extend((part.len() as u32).to_le_bytes());
        told.extend((*size as u32).to_le_bytes());
        told.extend((name.len() as u16).to_le_bytes());
        told.extend([0; 2]);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&told);
        list.extend([0; 10]);
        list.extend((archive.len() as u32).to_le_bytes());
        list.extend(name.as_bytes());
        archive.extend(b"PK\x03\x04");
        archive.extend(&told);
        archive.extend(name.as_bytes());
        archive.extend(*part);
    }
    let start = archive.len() as u32;
    archive.extend(&list);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend((parts.len() as u16).to_le_bytes());
    archive.extend((parts.len() as u16).to_le_bytes());
    archive.extend((list.len() as u32).to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    archive
}
