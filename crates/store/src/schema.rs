//! Describes the schema of an open database in terms that both engines share, so that a test can demand equality.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::{Engine, Read, Result, Store};

/// Tables by name.
pub type Schema = BTreeMap<String, Table>;

/// What both engines must agree on about a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Columns by name.
    pub columns: BTreeMap<String, Column>,
    /// Columns of the primary key, in order.
    pub primary_key: Vec<String>,
    /// Unique keys and indexes other than the primary key: columns in order.
    pub indexes: BTreeSet<Index>,
    /// Foreign keys.
    pub foreign_keys: BTreeSet<ForeignKey>,
}

/// A column in the common vocabulary.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// SQLite's storage class: PostgreSQL's uuid and bytea are `BLOB`, bigint and boolean `INTEGER`,
    /// text, timestamptz and date `TEXT`, double precision `REAL`. Other types are shown as they are and never equal.
    pub class: String,
    /// May it be NULL?
    pub nullable: bool,
}

/// A secondary index.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Index {
    /// Columns in order; an expression is `?`.
    pub columns: Vec<String>,
    /// Does it forbid duplicates?
    pub unique: bool,
    /// Does it have a WHERE?
    pub partial: bool,
}

/// A foreign key.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignKey {
    /// The referring columns.
    pub columns: Vec<String>,
    /// The table referred to.
    pub table: String,
    /// The columns referred to.
    pub referred: Vec<String>,
    /// What happens when the row referred to is deleted, e.g. `CASCADE`.
    pub on_delete: String,
}

impl Store {
    /// Reads the catalogue of the database.
    ///
    /// # Errors
    /// What a query can say.
    pub async fn describe_schema(&self) -> Result<Schema> {
        let read = self.read();
        let (columns, indexes, foreign_keys) = match self.engine() {
            Engine::Sqlite => (SQLITE_COLUMNS, SQLITE_INDEXES, SQLITE_FOREIGN_KEYS),
            Engine::Postgres => (POSTGRES_COLUMNS, POSTGRES_INDEXES, POSTGRES_FOREIGN_KEYS),
        };
        let mut schema = Schema::new();
        for row in query::<ColumnRow>(&read, columns).await? {
            let table = schema.entry(row.table_name).or_default();
            if row.key_position > 0 {
                table.primary_key.push(row.column_name.clone());
            }
            let column = Column { class: storage_class(&row.data_type), nullable: row.nullable != 0 };
            table.columns.insert(row.column_name, column);
        }
        for row in query::<IndexRow>(&read, indexes).await? {
            let index = Index { columns: split(&row.columns), unique: row.is_unique != 0, partial: row.partial != 0 };
            schema.entry(row.table_name).or_default().indexes.insert(index);
        }
        for row in query::<ForeignKeyRow>(&read, foreign_keys).await? {
            let key = ForeignKey {
                columns: split(&row.columns),
                table: row.referred_table,
                referred: split(&row.referred_columns),
                on_delete: row.on_delete,
            };
            schema.entry(row.table_name).or_default().foreign_keys.insert(key);
        }
        Ok(schema)
    }
}

#[derive(FromQueryResult)]
struct ColumnRow {
    table_name: String,
    column_name: String,
    data_type: String,
    nullable: i64,
    /// Position in the primary key from 1, or 0. Rows of a table come ordered by it.
    key_position: i64,
}

#[derive(FromQueryResult)]
struct IndexRow {
    table_name: String,
    columns: String,
    is_unique: i64,
    partial: i64,
}

#[derive(FromQueryResult)]
struct ForeignKeyRow {
    table_name: String,
    columns: String,
    referred_table: String,
    referred_columns: String,
    on_delete: String,
}

async fn query<R: FromQueryResult>(read: &Read, sql: &str) -> Result<Vec<R>> {
    Ok(R::find_by_statement(Statement::from_string(read.get_database_backend(), sql)).all(read).await?)
}

fn split(list: &str) -> Vec<String> {
    list.split(',').map(str::to_owned).collect()
}

fn storage_class(data_type: &str) -> String {
    match data_type {
        "uuid" | "bytea" => "BLOB",
        "bigint" | "boolean" => "INTEGER",
        "text" | "timestamp with time zone" | "date" => "TEXT",
        "double precision" => "REAL",
        other => other,
    }
    .to_owned()
}

// SQLite allows NULL in a primary key that is not declared NOT NULL; the catalogue shows that as nullable, so the
// comparison forces the declaration.
const SQLITE_COLUMNS: &str = "
SELECT t.name AS table_name, c.name AS column_name, c.type AS data_type, 1 - c.\"notnull\" AS nullable, c.pk AS key_position
FROM sqlite_schema t, pragma_table_info(t.name) c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
ORDER BY t.name, c.pk, c.cid";

const SQLITE_INDEXES: &str = "
SELECT t.name AS table_name, i.\"unique\" AS is_unique, i.partial AS partial,
       (SELECT group_concat(coalesce(k.name, '?'), ',' ORDER BY k.seqno) FROM pragma_index_info(i.name) k) AS columns
FROM sqlite_schema t, pragma_index_list(t.name) i
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND i.origin <> 'pk'";

const SQLITE_FOREIGN_KEYS: &str = "
SELECT t.name AS table_name, f.\"table\" AS referred_table, f.on_delete AS on_delete,
       group_concat(f.\"from\", ',' ORDER BY f.seq) AS columns, group_concat(f.\"to\", ',' ORDER BY f.seq) AS referred_columns
FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
WHERE t.type = 'table'
GROUP BY t.name, f.id, f.\"table\", f.on_delete";

const POSTGRES_COLUMNS: &str = "
SELECT c.table_name::text, c.column_name::text, c.data_type::text,
       CASE c.is_nullable WHEN 'YES' THEN 1::bigint ELSE 0::bigint END AS nullable,
       coalesce(k.ordinal_position, 0)::bigint AS key_position
FROM information_schema.columns c
JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
LEFT JOIN information_schema.table_constraints p
       ON p.table_schema = c.table_schema AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY'
LEFT JOIN information_schema.key_column_usage k
       ON k.constraint_schema = p.constraint_schema AND k.constraint_name = p.constraint_name
      AND k.table_name = c.table_name AND k.column_name = c.column_name
WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
ORDER BY c.table_name, key_position, c.ordinal_position";

const POSTGRES_INDEXES: &str = "
SELECT t.relname::text AS table_name, i.indisunique::int::bigint AS is_unique,
       (i.indpred IS NOT NULL)::int::bigint AS partial,
       (SELECT string_agg(coalesce(a.attname::text, '?'), ',' ORDER BY k.position)
        FROM unnest(i.indkey) WITH ORDINALITY AS k (number, position)
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0) AS columns
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE n.nspname = current_schema() AND NOT i.indisprimary";

const POSTGRES_FOREIGN_KEYS: &str = "
SELECT t.relname::text AS table_name, r.relname::text AS referred_table,
       CASE c.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE'
                          WHEN 'n' THEN 'SET NULL' ELSE 'SET DEFAULT' END AS on_delete,
       (SELECT string_agg(a.attname::text, ',' ORDER BY k.position)
        FROM unnest(c.conkey) WITH ORDINALITY AS k (number, position)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number) AS columns,
       (SELECT string_agg(a.attname::text, ',' ORDER BY k.position)
        FROM unnest(c.confkey) WITH ORDINALITY AS k (number, position)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number) AS referred_columns
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE c.contype = 'f' AND n.nspname = current_schema()";
