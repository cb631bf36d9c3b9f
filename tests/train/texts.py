#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""texts.py PACKAGES OUT: paragraphs of free manuals in many languages, for colophon-train-language.

PACKAGES holds the Debian packages debian-handbook, gnome-user-docs, installation-guide-amd64, manpages and
manpages-{de,es,fr,it,nl,pt-br}, each unpacked in a folder of its name (apt-get download, dpkg -x).
Writes OUT/table/TEXT.LANGUAGE, of which the table is made, and OUT/check/guide.LANGUAGE (the installation guide), a paragraph a line.
Paragraphs that a translation has in English, or twice, are left out, and those that are mostly no letters.
"""
import glob, gzip, html, os, re, sys
import xml.etree.ElementTree as ElementTree

PACKAGES, OUT = sys.argv[1:3]
SHORTEST = 60
HANDBOOK = 'ca-ES cs-CZ da-DK de-DE en-US es-ES fr-FR hr-HR id-ID it-IT nb-NO nl-NL pl-PL pt-BR ro-RO sv-SE tr-TR'.split()
GUIDE = 'de en es fr it nl pt'.split()
GNOME = 'C ca cs da de es fi fr hr hu it nl pl pt pt_BR ro sv tr'.split()
PAGES = {'en': 'manpages/usr/share/man', **{tag: f'manpages-{tag}/usr/share/man/{tag}' for tag in ('de', 'es', 'fr', 'it', 'nl')},
         'pt': 'manpages-pt-br/usr/share/man/pt_BR'}


def tag_of(name):
    return 'en' if name == 'C' else name[:2]


def squeezed(text):
    return ' '.join(html.unescape(text).split())


def files(pattern):
    return [name for name in sorted(glob.glob(f'{PACKAGES}/{pattern}', recursive=True)) if not os.path.islink(name)]


def of_html(name):
    text = open(name, encoding='utf-8', errors='replace').read()
    text = re.sub(r'(?is)<(pre|script|style|code|tt)\b.*?</\1>', ' ', text)
    for found in re.finditer(r'(?is)<(p|li|dd)\b[^>]*>(.*?)</\1>|<div class="para"[^>]*>(.*?)</div>', text):
        yield re.sub(r'<[^>]+>', ' ', found.group(2) or found.group(3) or '')


def of_mallard(name):
    try:
        for one in ElementTree.parse(name).getroot().iter('{http://projectmallard.org/1.0/}p'):
            yield ''.join(one.itertext())
    except ElementTree.ParseError:
        pass


def of_page(name):
    text = gzip.open(name, 'rt', encoding='utf-8', errors='replace').read()
    text = re.sub(r'\\f[A-Z]|\\-|\\&|\\\(..|\\\[[^\]]*\]|\\[a-z]', ' ', text)
    for found in re.split(r'(?m)^[.\'].*\n|^\s*\n', text):
        yield found


def paragraphs(names, read):
    every = (squeezed(text) for name in names for text in read(name))
    long = (text for text in every if len(text) >= SHORTEST)
    return list(dict.fromkeys(text for text in long if sum(c.isalpha() or c == ' ' for c in text) > 0.8 * len(text)))


def write(folder, text, by_tag):
    os.makedirs(f'{OUT}/{folder}', exist_ok=True)
    english = set(by_tag['en'])
    for tag, found in by_tag.items():
        kept = found if tag == 'en' else [one for one in found if one not in english]
        open(f'{OUT}/{folder}/{text}.{tag}', 'w', encoding='utf-8').write(''.join(one + '\n' for one in kept))


def gathered(pairs):
    out = {}
    for tag, found in pairs:
        out.setdefault(tag, []).extend(found)
    return out


docs = 'usr/share/doc'
write('table', 'handbook', gathered(
    (tag_of(name), paragraphs(files(f'debian-handbook/{docs}/debian-handbook/html/{name}/*.html'), of_html)) for name in HANDBOOK))
write('table', 'gnome', gathered(
    (tag_of(name), paragraphs(files(f'gnome-user-docs/usr/share/help/{name}/**/*.page'), of_mallard)) for name in GNOME))
write('table', 'pages', gathered((tag, paragraphs(files(f'{path}/man*/*.gz'), of_page)) for tag, path in PAGES.items()))
write('check', 'guide', gathered(
    (name, paragraphs(files(f'installation-guide-amd64/{docs}/installation-guide-amd64/{name}/*.html'), of_html)) for name in GUIDE))
