#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Spreadsheets of an office: a list in Windows-1252, a workbook, an export that is edited, applied and taken back.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
# counts WHAT NUMBER: the summary's row
counts() { grep -Eq "^ $1 +$2 " out.txt || { cat out.txt >&2; stop "does not count $2 $1"; }; }

expect 0 colophon init library --name 'Test library' --access signed-in --time-zone Europe/Berlin
export COLOPHON_LIBRARY=$FOLDER/library

# --- a list, as a German Excel saves it ---------------------------------------------------------------------------------
iconv -f UTF-8 -t WINDOWS-1252 >office.csv <<'CSV'
Publikationen des Büros Bonn;;;;;
;;;;;
Lfd.;Titel;Autor/in;Jahr;DOI;Für wen
1;Hitzeschutz in Städten;Müller, A.;2023;10.5555/hitze.2023;Kommunen
2;"Wasser ""für alle""";A. Weiß und B. Öztürk;07.03.2022;;
3;=HYPERLINK("x");Stadt Bonn;o. J.;;
4;Kühle Orte;Müller, A.;demnächst;;
5;;Niemand;2020;;
CSV
expect 0 colophon import -n office.csv
says 'C  Autor/in  author'
says 'F  Für wen   kept as it is'
says 'Weiß, A.; Öztürk, B. · 2022-03-07'
says 'row 7     doubtful  Kühle Orte'
says '? D Jahr: “demnächst”: this is no date'
says '? the row has no title'
says 'Nothing was changed'
says 'read as Windows-1252' err.txt
expect 1 colophon search hitzeschutz

expect 7 colophon import office.csv --column 'Lfd.=-' --save-map office.toml
counts new 3
counts doubtful 2
grep -qF '"Autor/in" = "author"' office.toml || stop 'the map does not say what a column is'
expect 0 colophon search hitzeschutz
expect 7 colophon import office.csv --map office.toml
counts unchanged 3
says 'Nothing was changed'
expect 7 colophon import office.csv --map office.toml --doubtful --json
jq -e '.new == 1 and .unchanged == 3 and .doubtful == 1 and .stored' out.txt >/dev/null || stop 'a doubtful row was not taken when asked for'
expect 0 colophon import --undo
expect 1 colophon search 'kühle'

# --- out, edited, back --------------------------------------------------------------------------------------------------
expect 0 colophon export --to csv -o list.csv
grep -qF "'=HYPERLINK" list.csv || stop 'a formula goes out as it is'
head -c 3 list.csv | cmp -s - <(printf '\xef\xbb\xbf') || stop 'the export has no byte order mark'
expect 0 colophon import list.csv
counts unchanged 3
expect 0 colophon export --to csv --separator semicolon
head -1 out.txt | grep -qF 'Colophon ID;Type;Title' || stop 'there are no semicolons'

sed -i -e 's/Hitzeschutz in Städten/Hitzeschutz für Städte/' -e 's/Kommunen/Alle/' -e 's/2022-03-07/2022-04-08/' -e '$d' list.csv
printf ',Report,Ein neuer Bericht,"Doe, J.; ICLEI",2024\r\n' >>list.csv
sed 's/,10\.5555\/hitze\.2023,/,kaputt,/' list.csv >broken.csv
expect 0 colophon import -n broken.csv
says 'C Title: “Hitzeschutz in Städten” → “Hitzeschutz für Städte”'
says '“2022-03-07” → “2022-04-08”'
says '“Kommunen” → “Alle”'
says '“kaputt” is no DOI'
says 'new       Ein neuer Bericht'
cp -r library before
expect 0 colophon import list.csv
counts new 1
counts changed 2
expect 0 colophon search 'title:städte'
id=$(colophon search title:städte --json | jq -r '.hits[0].id')
expect 0 colophon show "$id" --provenance
says 'Alle'
expect 0 colophon import list.csv
counts unchanged 3

# somebody else was faster
sed -i 's/Hitzeschutz für Städte/Schutz vor Hitze/' list.csv
expect 0 colophon edit "$id" --set 'title=Hitzeschutz, Band 1'
expect 7 colophon import list.csv
says 'changed here, and in the library since the export: it says “Hitzeschutz, Band 1” now'
expect 5 colophon import --undo
says 'was edited after the import' err.txt
expect 0 colophon edit "$id" --undo

expect 0 colophon import --undo
says 'is taken back'
expect 1 colophon search 'neuer bericht'
expect 0 colophon show "$id" --json
says '"title":"Hitzeschutz in Städten"'
expect 0 colophon import --undo
expect 1 colophon search hitzeschutz
expect 3 colophon import --undo
says 'no import of a spreadsheet is in force' err.txt
expect 0 colophon verify
says 'all holds'

# --- a workbook ---------------------------------------------------------------------------------------------------------
main=http://schemas.openxmlformats.org/spreadsheetml/2006/main
office=http://schemas.openxmlformats.org/officeDocument/2006/relationships
relations() { # ID TYPE TARGET ...
  printf '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
  while (($#)); do printf '<Relationship Id="%s" Type="%s/%s" Target="%s"/>' "$1" "$office" "$2" "$3" && shift 3; done
  printf '</Relationships>'
}
mkdir -p book/_rels book/xl/_rels book/xl/worksheets
relations a officeDocument xl/workbook.xml >book/_rels/.rels
relations a worksheet worksheets/sheet1.xml b worksheet worksheets/sheet2.xml c sharedStrings sharedStrings.xml d styles styles.xml \
  >book/xl/_rels/workbook.xml.rels
cat >book/xl/workbook.xml <<XML
<workbook xmlns="$main" xmlns:r="$office"><sheets><sheet name="Notas" sheetId="1" r:id="a"/><sheet name="Lista" sheetId="2" r:id="b"/></sheets></workbook>
XML
cat >book/xl/sharedStrings.xml <<XML
<sst xmlns="$main"><si><t>sin columnas</t></si><si><t>Título</t></si><si><t>Autores</t></si><si><t>Fecha</t></si>
<si><r><t>Agua y </t></r><r><rPr><i/></rPr><t>ciudad</t></r></si><si><t>Ana Pérez y Juan Gómez</t></si></sst>
XML
cat >book/xl/styles.xml <<XML
<styleSheet xmlns="$main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>
XML
cat >book/xl/worksheets/sheet1.xml <<XML
<worksheet xmlns="$main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>
XML
cat >book/xl/worksheets/sheet2.xml <<XML
<worksheet xmlns="$main"><sheetData><row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c><c r="C1" t="s"><v>3</v></c></row>
<row r="2"><c r="A2" t="s"><v>4</v></c><c r="B2" t="s"><v>5</v></c><c r="C2" s="1"><v>43531</v></c></row></sheetData></worksheet>
XML
(cd book && zip -q -r ../book.xlsx .)
expect 0 colophon import -n book.xlsx
says 'Columns of sheet Lista'
says 'Pérez, Ana; Gómez, Juan · 2019-03-07'
expect 0 colophon import book.xlsx
expect 0 colophon search 'agua y ciudad'
expect 0 colophon import book.xlsx
counts unchanged 1
expect 2 colophon import book.xlsx --sheet Hoja9
says 'The sheets are Notas, Lista' err.txt
expect 6 colophon import book.xlsx --sheet Notas
says 'no column of the sheet is known' err.txt
head -c 400 book.xlsx >cut.xlsx
expect 6 colophon import cut.xlsx
says 'damaged or was cut off' err.txt
expect 6 colophon add book.xlsx
says 'spreadsheets come in with “colophon import”' err.txt
expect 0 colophon verify
says 'all holds'
