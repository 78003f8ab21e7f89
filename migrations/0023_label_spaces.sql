CREATE TABLE "label_spaces" (
	"label" text NOT NULL,
	"room_id" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "label_spaces_label_room_id_pk" PRIMARY KEY("label","room_id")
);
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "own_room_id" text;--> statement-breakpoint
ALTER TABLE "label_spaces" ADD CONSTRAINT "label_spaces_room_id_spaces_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."spaces"("room_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "label_spaces_room" ON "label_spaces" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "organizations_own_room" ON "organizations" USING btree ("own_room_id") WHERE "organizations"."own_room_id" is not null;