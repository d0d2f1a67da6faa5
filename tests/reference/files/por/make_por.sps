* Files of PSPP for readers_por: pspp --syntax-encoding=UTF-8 make_por.sps, then python3 make_por.py.
DATA LIST LIST NOTABLE /ID (F8.0) SECTOR (F2.0) SIZE (F8.3) NOTE (A12) LONG (A200) DAY (DATE11) MOMENT (DATETIME20) W (F8.4).
BEGIN DATA
1 1 0.1 "one" "A text that is longer than eighty signs, so that it must go on in the next line of the file, and further." 01-MAR-2016 "01-MAR-2016 12:30:00" 1.25
2 2 -3.25 "" "short" 29-FEB-2000 "29-FEB-2000 00:00:00" 0.5
3 9 1000000 "two  blanks" "x" 31-DEC-1999 "31-DEC-1999 23:59:59" 2
4 97 . "none" "" . . 1
5 . 123456.789 "N/A" "a/b*c.d Z" 15-OCT-1582 "15-OCT-1582 01:00:00" 3.3333
6 8 -0.001 "ZZZ" "/" 01-JAN-2100 "01-JAN-2100 06:00:00" 1
END DATA.
VARIABLE LABELS SECTOR "Sector of the workplace" SIZE "Employees / 1000" NOTE "A note" W "Vægt: rødgrød på" LONG "A label that is rather long, to see that it goes on in the next line of a file of eighty signs in a line".
VALUE LABELS SECTOR 1 "Municipality" 2 "Region" 9 "Don't know" 97 "Not asked" /NOTE "one" "The first" "N/A" "No answer".
MISSING VALUES SECTOR (9, 90 THRU 99) /SIZE (LO THRU -1) /NOTE ("N/A").
EXPORT OUTFILE='pspp.por' /TYPE=COMM.
* A weighted file, which this version of PSPP writes but does not read.
WEIGHT BY W.
EXPORT OUTFILE='pspp_weight.por' /TYPE=TAPE /DIGITS=16.
IMPORT FILE='pspp.por'.
SAVE OUTFILE='pspp_back.sav'.
