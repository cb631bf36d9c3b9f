# SPDX-License-Identifier: GPL-3.0-or-later
# Reads a file with Text::BibTeX, names cut into parts.
use strict;
use warnings;
use Text::BibTeX;

my $file = Text::BibTeX::File->new($ARGV[0]) or die "cannot read $ARGV[0]";
my $seen = 0;
while (my $entry = Text::BibTeX::Entry->new($file)) {
  next unless $entry->parse_ok && $entry->metatype == BTE_REGULAR;
  for my $role ('author', 'editor') {
    $seen += $entry->names($role) if $entry->exists($role);
  }
}
print "$seen\n";
