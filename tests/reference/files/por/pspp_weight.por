ASCII SPSS PORT FILE                    ASCII SPSS PORT FILE                    
ASCII SPSS PORT FILE                    ASCII SPSS PORT FILE                    
ASCII SPSS PORT FILE                    0000000000000000000000000000000000000000
0000000000000000000000000123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst
uvwxyz .<(+|&[]!$*);^-/|,%_>?`:$@'="000000~-0000123456789000-()0{}\0000000000000
00000000000000000000000000000000000000000000000000000000SPSSPORTA8/202611206/151
8581E/GNU pspp 1.6.23J/x86_64-pc-linux-gnu61/W48/5B/70/2/ID5/8/0/5/8/0/70/6/SECT
OR5/2/0/5/2/0/B30/39/89/CN/Sector of the workplace70/4/SIZE5/9/3/5/9/3/9-1/CG/Em
ployees / 10007C/4/NOTE1/C/0/1/C/0/88/N/A     C6/A note76K/4/LONG1/6K/0/1/6K/0/C
3E/A label that is rather long, to see that it goes on in the next line of a fil
e of eighty signs in a line70/3/DAYK/B/0/K/B/0/70/6/MOMENTM/K/0/M/K/0/70/1/W5/9/
4/5/9/4/CK/Vægt: rødgrød påD1/6/SECTOR4/1/C/Municipality2/6/Region9/A/Don't 
know37/9/Not askedD1/4/NOTE2/C/N/A         9/No answerC/one         9/The firstF
1/1/.3/C/one         6K/A text that is longer than eighty signs, so that it must
 go on in the next line of the file, and further.                               
                                                                IMO4O00/IMO6E00/
1.7F/2/2/-3.7F/C/            6K/short                                           
                                                                                
                                                                        I20KO00/
I20KO00/.F/3/9/1713A/C/two  blanks 6K/x                                         
                                                                                
                                                                              I1
O8O00/I1OBTTT/2/4/37/*.C/none        6K/                                        
                                                                                
                                                                                
*.*.1/5/*.4H56.NK3/C/N/A         6K/a/b*c.d Z                                   
                                                                                
                                                                            3600
/3A00/3.9TT3/6/8/-R-3/C/ZZZ         6K//                                        
                                                                                
                                                                               M
BKC+3/MBKCO00/1/ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ
