"""Lists as people save them, the same rows in every format, and files made to fail."""

import io
import struct
import zipfile

import openpyxl
import xlwt

HEADER = ["Nama Perusahaan", "Alamat", "Kota", "Provinsi", "Kode Pos", "Jenis", "Tenaga Kerja"]
ROWS = [
    ["PT Langkah Satu", "Jl. Melati No. 45", "Kab. Sidoarjo", "Jawa Timur", 61256, "Sepatu", 392],
    ["CV Café Sol", "Jl. Mawar 7", "Mojokerto", "Jawa Timur", 61361, "Outsole", 12],
    ["UD Tiga Jalan", "Dusun Barat RT 3", "Garut", "Jawa Barat", 44151, "Perajin sepatu", 4],
]


def csv(rows=None, *, delimiter=",", encoding="utf-8", newline="\r\n"):
    rows = [HEADER, *ROWS] if rows is None else rows
    lines = (delimiter.join(_quoted(str(cell), delimiter) for cell in row) for row in rows)
    return newline.join([*lines, ""]).encode(encoding)


def _quoted(text, delimiter):
    if any(sign in text for sign in (delimiter, '"', "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def xlsx(rows=None, *, change=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Daftar"
    for row in [HEADER, *ROWS] if rows is None else rows:
        sheet.append(row)
    if change:
        change(sheet)
    return saved(book)


def xls(rows=None):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Daftar")
    for down, row in enumerate([HEADER, *ROWS] if rows is None else rows):
        for across, cell in enumerate(row):
            sheet.write(down, across, float(cell) if isinstance(cell, int) else cell)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def encrypted_xls():
    """Return an old workbook whose second record says that the rest is encrypted."""
    content = bytearray(xls())
    place = content.find(struct.pack("<HH", 0xE1, 2))
    content[place : place + 2] = struct.pack("<H", 0x2F)
    return bytes(content)


def encrypted_xlsx():
    """Return a compound file that holds an encrypted package, as Excel writes with a password."""
    content = bytearray(xls())
    place = content.find("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    content[place : place + len(name)] = name
    content[place + 64 : place + 66] = struct.pack("<H", len(name) + 2)
    return bytes(content)


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def rezipped(content, name, change):
    """Return a workbook with one part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return zipped(parts | {name: change(parts[name])})
