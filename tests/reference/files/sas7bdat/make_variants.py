"""Data sets that no free program writes, made from ReadStat's (make_sas7bdat.c): rows compressed by patterns, and bytes in
the other order. Then what pyreadstat reports of every file, after pandas has read the same.
"""
import json
import struct
import sys

import pandas
import pyreadstat

sys.path.insert(0, "../por")
from report import report


class File:
    def __init__(self, path):
        self.bytes = bytearray(open(path, "rb").read())
        self.wide = self.bytes[32] == 0x33
        self.word = "Q" if self.wide else "I"
        self.size = 8 if self.wide else 4
        self.pad = 4 if self.bytes[35] == 0x33 else 0
        self.header, self.page = struct.unpack_from("<II", self.bytes, 196 + self.pad)
        self.pages = range(self.header, len(self.bytes), self.page)
        self.start = 40 if self.wide else 24

    def get(self, form, at):
        return struct.unpack_from("<" + form, self.bytes, at)[0]

    def pointers(self, page):
        """Where each pointer stands, and what it says."""
        for i in range(self.get("H", page + self.start - 4)):
            at = page + self.start + i * (24 if self.wide else 12)
            offset, length = self.get(self.word, at), self.get(self.word, at + self.size)
            yield at, offset, length, self.bytes[at + 2 * self.size]

    def swap(self, at, length):
        self.bytes[at : at + length] = self.bytes[at : at + length][::-1]


def unpack(data):
    """Rows compressed by runs."""
    out, i = bytearray(), 0
    while i < len(data):
        command, low = data[i] >> 4, data[i] & 15
        i += 1
        if command in (0, 4, 5, 6, 7):
            low = low * 256 + data[i]
            i += 1
        if command in (4, 12):
            byte = data[i]
            i += 1
            out += bytes([byte]) * (low + (18 if command == 4 else 3))
        elif command in (5, 6, 7, 13, 14, 15):
            byte = {1: b"@", 2: b" ", 3: b"\0"}[command % 4 if command > 7 else command - 4]
            out += byte * (low + (17 if command < 8 else 2))
        else:
            count = low + {0: 64, 2: 96, 8: 1, 9: 17, 10: 33, 11: 49}[command]
            out += data[i : i + count]
            i += count
    return bytes(out)


def pack(row):
    """Ross data compression: single bytes, runs, and copies of what stood before."""
    out, i = bytearray(), 0
    while i < len(row):
        controls, body = 0, bytearray()
        for bit in range(15, -1, -1):
            if i >= len(row):
                break
            run = 1
            while i + run < len(row) and row[i + run] == row[i] and run < 4000:
                run += 1
            best, back = 0, 0
            for distance in range(3, min(i, 4000) + 1):
                length = 0
                while length < min(distance, 270) and i + length < len(row) and row[i - distance + length] == row[i + length]:
                    length += 1
                if length > best and (length <= 15 or length >= 16):
                    best, back = length, distance
            if run >= 3 and run >= best:
                controls |= 1 << bit
                if run < 19:
                    body += bytes([run - 3, row[i]])
                else:
                    body += bytes([0x10 | (run - 19) & 15, (run - 19) >> 4, row[i]])
                i += run
            elif best >= 3:
                controls |= 1 << bit
                low, high = (back - 3) & 15, (back - 3) >> 4
                if best >= 16:
                    body += bytes([0x20 | low, high, best - 16])
                else:
                    body += bytes([best << 4 | low, high])
                i += best
            else:
                body.append(row[i])
                i += 1
        out += struct.pack(">H", controls) + body
    return bytes(out)


def patterns(source, target):
    file = File(source)
    at = file.bytes.index(b"SASYZCRL")
    file.bytes[at : at + 8] = b"SASYZCR2"
    for page in file.pages:
        rows = [p for p in file.pointers(page) if p[3] == 4]
        if not rows:
            continue
        end = max(offset + length for _, offset, length, _ in rows)
        others = [o + l for _, o, l, c in file.pointers(page) if c != 4 and l]
        packed = [pack(unpack(file.bytes[page + o : page + o + l])) for _, o, l, _ in rows]
        floor = page + file.start + file.get("H", page + file.start - 4) * (24 if file.wide else 12)
        for (pointer, *_), row in zip(rows, packed):
            end -= len(row)
            assert page + end >= floor, "the rows do not fit"
            file.bytes[page + end : page + end + len(row)] = row
            struct.pack_into("<" + file.word * 2, file.bytes, pointer, end, len(row))
    open(target, "wb").write(file.bytes)


def big_endian(source, target):
    file = File(source)
    word = file.size
    columns, row_bytes, mixed, texts = [], 0, 0, []
    done = 0
    for page in file.pages:
        kind = file.get("H", page + file.start - 8)
        blocks = file.get("H", page + file.start - 6)
        end = page + file.start
        if kind & 0xF00 != 0x100:
            for at, offset, length, _ in list(file.pointers(page)):
                end = at + (24 if file.wide else 12)
                file.swap(at, word)
                file.swap(at + word, word)
                if not length:
                    continue
                part = page + offset
                signature = file.get("I", part)
                second = file.get("I", part + 4)
                if signature in (0xF7F7F7F7, 0xF6F6F6F6):
                    if signature == 0xF7F7F7F7:
                        row_bytes = file.get(file.word, part + 5 * word)
                        rows = file.get(file.word, part + 6 * word)
                        mixed = file.get(file.word, part + 15 * word)
                        for number in range(2, 16):
                            file.swap(part + number * word, word)
                        for text in (130, 118):
                            for k in range(3):
                                file.swap(part + length - text + 2 * k, 2)
                        file.swap(part + length - 102, 2)
                    file.swap(part + word, word)
                    file.swap(part, 4)
                    continue
                if signature in (0xFFFFFFFF, 0xFFFFFFFC, 0xFFFFFFFD):
                    file.swap(part + word, 2)
                if signature == 0xFFFFFFFF:
                    for number in range((length - 12 - 2 * word) // 8 * 4):
                        file.swap(part + word + 8 + 2 * number, 2)
                elif signature == 0xFFFFFFFC:
                    for number in range((length - 12 - 2 * word) // (word + 8)):
                        entry = part + word + 8 + number * (word + 8)
                        columns.append((file.get(file.word, entry), file.get("I", entry + word), file.bytes[entry + word + 6]))
                        file.swap(entry, word)
                        file.swap(entry + word, 4)
                        file.swap(entry + word + 4, 2)
                elif signature == 0xFFFFFBFE:
                    first = 24 if file.wide else 12
                    for at in list(range(first, first + 8, 2)) + list(range(46 if file.wide else 34, 58 if file.wide else 46, 2)):
                        file.swap(part + at, 2)
                # The signature: in wide files eight bytes of ones around it.
                if file.wide:
                    file.bytes[part : part + 8] = struct.pack(">II", 0xFFFFFFFF, signature)
                else:
                    file.swap(part, 4)
        count = blocks if kind & 0xF00 == 0x100 else min(mixed, rows) if kind & 0xF00 == 0x200 else 0
        if kind & 0xF00 == 0x200:
            end += (8 - (end - page) % 8) % 8
        for number in range(count):
            for offset, width, text in columns:
                if text == 1:
                    file.swap(end + number * row_bytes + offset, width)
        for at in (8, 6, 4):
            file.swap(page + file.start - at, 2)
        file.swap(page + (24 if file.wide else 12), word)
    for at in (164, 172, 180, 188):
        file.swap(file.pad + at, 8)
    file.swap(file.pad + 196, 4)
    file.swap(file.pad + 200, 4)
    file.swap(file.pad + 204, word)
    file.bytes[37] = 0
    open(target, "wb").write(file.bytes)


for bits in "32", "64":
    patterns(f"few{bits}.sas7bdat", f"patterns{bits}.sas7bdat")
    big_endian(f"readstat{bits}.sas7bdat", f"big_endian{bits}.sas7bdat")
for name in ["iris", "readstat32", "readstat64", "packed32", "packed64", "patterns32", "patterns64", "big_endian32", "big_endian64"]:
    told = report(name + ".sas7bdat")
    other = pandas.read_sas(name + ".sas7bdat", encoding="infer")
    assert len(other) == told["rows"], name
    for column in told["columns"]:
        theirs = other[column["name"]]
        if column["numeric"] and "DATE" not in (column["format"] or ""):
            assert all(a != a if not isinstance(b, float) else a == b for a, b in zip(theirs, column["cells"])), (name, column)
        elif not column["numeric"]:
            assert [a if isinstance(a, str) and a else None for a in theirs] == column["cells"], (name, column)
for bits in "32", "64":
    _, catalog = pyreadstat.read_sas7bcat(f"readstat{bits}.sas7bcat")
    with open(f"readstat{bits}.sas7bcat.json", "w", encoding="utf-8") as file:
        labels = {name: [[code, label] for code, label in values.items()] for name, values in catalog.value_labels.items()}
        json.dump(labels, file, ensure_ascii=False)
        file.write("\n")
