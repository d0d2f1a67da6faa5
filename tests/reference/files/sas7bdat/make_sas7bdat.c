/* Files of ReadStat (MIT, https://github.com/WizardMac/ReadStat) for readers_sas: data sets with addresses of 32 and 64
 * bits, plain and compressed by runs, and the catalogs beside them. ReadStat's sources come with the source package of
 * pyreadstat:
 *   cc -I pyreadstat/src make_sas7bdat.c $(find pyreadstat/src -name '*.c') -lm -lz -o make && ./make
 */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "readstat.h"

static ssize_t write_bytes(const void *data, size_t len, void *ctx) {
    return write(*(int *)ctx, data, len);
}

static void data_set(const char *path, int wide, int packed, int rows) {
    int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644);
    readstat_writer_t *writer = readstat_writer_init();
    readstat_set_data_writer(writer, &write_bytes);
    readstat_writer_set_file_label(writer, "Written by ReadStat");
    readstat_writer_set_file_timestamp(writer, 1460000000);
    readstat_writer_set_file_format_is_64bit(writer, wide);
    if (packed) readstat_writer_set_compression(writer, READSTAT_COMPRESS_ROWS);
    readstat_variable_t *id = readstat_add_variable(writer, "id", READSTAT_TYPE_DOUBLE, 8);
    readstat_variable_t *sector = readstat_add_variable(writer, "sector", READSTAT_TYPE_DOUBLE, 8);
    readstat_variable_set_label(sector, "Sektor: røgfri");
    readstat_variable_set_format(sector, "SECTORF");
    readstat_variable_t *code = readstat_add_variable(writer, "code", READSTAT_TYPE_STRING, 3);
    readstat_variable_set_format(code, "$CODEF");
    readstat_variable_t *note = readstat_add_variable(writer, "a_note_with_a_rather_long_name", READSTAT_TYPE_STRING, 90);
    readstat_variable_set_label(note, "A note");
    readstat_variable_t *day = readstat_add_variable(writer, "day", READSTAT_TYPE_DOUBLE, 8);
    readstat_variable_set_format(day, "DATE9");
    readstat_variable_t *at = readstat_add_variable(writer, "at", READSTAT_TYPE_DOUBLE, 8);
    readstat_variable_set_format(at, "DATETIME20");
    readstat_variable_t *size = readstat_add_variable(writer, "size", READSTAT_TYPE_DOUBLE, 8);
    if (readstat_begin_writing_sas7bdat(writer, &fd, rows) != READSTAT_OK) printf("cannot begin %s\n", path);
    for (int i = 0; i < rows; i++) {
        readstat_begin_row(writer);
        readstat_insert_double_value(writer, id, i + 1);
        switch (i % 6) {
            case 0: readstat_insert_tagged_missing_value(writer, sector, 'A'); break;
            case 1: readstat_insert_missing_value(writer, sector); break;
            case 2: readstat_insert_tagged_missing_value(writer, sector, '_'); break;
            default: readstat_insert_double_value(writer, sector, i % 6 - 3); break;
        }
        readstat_insert_string_value(writer, code, i % 4 == 0 ? "" : i % 4 == 1 ? "A" : i % 4 == 2 ? "BCD" : "ø");
        char text[91];
        snprintf(text, sizeof text, "note %d%.*s", i, i * 7 % 60, "............................................................");
        readstat_insert_string_value(writer, note, i % 5 == 3 ? "" : text);
        if (i % 7 == 5) readstat_insert_missing_value(writer, day);
        else readstat_insert_double_value(writer, day, 20000 - 4000 * (i % 7));
        if (i % 7 == 6) readstat_insert_missing_value(writer, at);
        else readstat_insert_double_value(writer, at, 1.7e9 - 6e8 * (i % 7) + i);
        readstat_insert_double_value(writer, size, i % 3 == 0 ? i / 3.0 : i % 3 == 1 ? -1e-100 * i : 1e200 + i);
        readstat_end_row(writer);
    }
    if (readstat_end_writing(writer) != READSTAT_OK) printf("cannot end %s\n", path);
    readstat_writer_free(writer);
    close(fd);
}

static void catalog(const char *path, int wide) {
    int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644);
    readstat_writer_t *writer = readstat_writer_init();
    readstat_set_data_writer(writer, &write_bytes);
    readstat_writer_set_file_timestamp(writer, 1460000000);
    readstat_writer_set_file_format_is_64bit(writer, wide);
    readstat_label_set_t *sector = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "SECTORF");
    readstat_label_double_value(sector, -1, "Unknown");
    readstat_label_double_value(sector, 0, "Kommune");
    readstat_label_double_value(sector, 1, "Region på Sjælland");
    readstat_label_double_value(sector, 2.5, "Between");
    readstat_label_set_t *code = readstat_add_label_set(writer, READSTAT_TYPE_STRING, "$CODEF");
    readstat_label_string_value(code, "A", "The first");
    readstat_label_string_value(code, "BCD", "The second");
    readstat_label_set_t *more = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "A_RATHER_LONG_NAME_OF_A_FORMAT");
    readstat_label_double_value(more, 7, "Seven");
    readstat_begin_writing_sas7bcat(writer, &fd);
    if (readstat_end_writing(writer) != READSTAT_OK) printf("cannot end %s\n", path);
    readstat_writer_free(writer);
    close(fd);
}

int main(void) {
    data_set("readstat32.sas7bdat", 0, 0, 60);
    data_set("readstat64.sas7bdat", 1, 0, 60);
    data_set("packed32.sas7bdat", 0, 1, 60);
    data_set("packed64.sas7bdat", 1, 1, 60);
    /* Few enough to leave room on their page: made into files packed by patterns. */
    data_set("few32.sas7bdat", 0, 1, 18);
    data_set("few64.sas7bdat", 1, 1, 18);
    catalog("readstat32.sas7bcat", 0);
    catalog("readstat64.sas7bcat", 1);
    return 0;
}
