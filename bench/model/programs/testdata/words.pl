# Counts the words of a file, three times, and writes the most frequent.
use strict;
my %count;
for my $pass (1, 2, 3) {
    open(my $in, '<', $ARGV[0]) or die "$ARGV[0]: $!";
    while (my $line = <$in>) {
        $count{$_}++ for split ' ', $line;
    }
    close $in;
}
my @most = sort { $count{$b} <=> $count{$a} || $a cmp $b } keys %count;
open(my $out, '>', 'words.out') or die "words.out: $!";
print $out "$_ $count{$_}\n" for @most;
close $out;
print scalar(@most), " words\n";
