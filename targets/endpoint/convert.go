package endpoint

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"time"
)

// fill sets the members of an SDK input from a JSON object. It relies on the
// SDK's field names being the member names. It reports false when a member is
// unknown, null or of another type.
func fill(input any, body string) bool {
	x, err := decode(body)
	if err != nil {
		return false
	}
	object, ok := x.(map[string]any)
	return ok && setStruct(reflect.ValueOf(input).Elem(), object)
}

// fillQuery does the same with query parameters, where numbers are text.
func fillQuery(input any, query map[string]string) bool {
	v := reflect.ValueOf(input).Elem()
	for name, text := range query {
		f := v.FieldByName(name)
		if !settable(f) || f.Kind() != reflect.Pointer {
			return false
		}
		var x any = text
		if f.Type().Elem().Kind() == reflect.Int32 {
			x = json.Number(text)
		}
		if !set(f, x) {
			return false
		}
	}
	return true
}

func settable(f reflect.Value) bool { return f.IsValid() && f.CanSet() }

func setStruct(v reflect.Value, object map[string]any) bool {
	for name, x := range object {
		if f := v.FieldByName(name); !settable(f) || !set(f, x) {
			return false
		}
	}
	return true
}

var timeType = reflect.TypeFor[time.Time]()

// set puts a decoded JSON value into a field; false when it does not fit.
func set(f reflect.Value, x any) bool {
	switch f.Kind() {
	case reflect.Pointer:
		target := reflect.New(f.Type().Elem())
		f.Set(target)
		return set(target.Elem(), x)
	case reflect.Struct:
		if f.Type() == timeType {
			return setTime(f, x)
		}
		object, ok := x.(map[string]any)
		return ok && setStruct(f, object)
	case reflect.Slice:
		return setSlice(f, x)
	case reflect.Map:
		return setMap(f, x)
	case reflect.String:
		s, ok := x.(string)
		f.SetString(s)
		return ok
	case reflect.Bool:
		b, ok := x.(bool)
		f.SetBool(b)
		return ok
	case reflect.Int32, reflect.Int64:
		number, _ := x.(json.Number)
		n, err := strconv.ParseInt(string(number), 10, f.Type().Bits())
		f.SetInt(n)
		return err == nil
	}
	return false
}

func setSlice(f reflect.Value, x any) bool {
	list, ok := x.([]any)
	if !ok {
		return false
	}
	f.Set(reflect.MakeSlice(f.Type(), len(list), len(list)))
	for i, element := range list {
		if !set(f.Index(i), element) {
			return false
		}
	}
	return true
}

func setMap(f reflect.Value, x any) bool {
	object, ok := x.(map[string]any)
	if !ok {
		return false
	}
	f.Set(reflect.MakeMapWithSize(f.Type(), len(object)))
	for key, element := range object {
		v := reflect.New(f.Type().Elem()).Elem()
		if !set(v, element) {
			return false
		}
		f.SetMapIndex(reflect.ValueOf(key).Convert(f.Type().Key()), v)
	}
	return true
}

// maxSeconds keeps a time within what its milliseconds can hold.
const maxSeconds = math.MaxInt64 / 1000 / 2

// setTime takes seconds since the Unix epoch, to the millisecond. A finer one is
// rounded here and told apart by the comparison before the request leaves.
func setTime(f reflect.Value, x any) bool {
	number, ok := x.(json.Number)
	if !ok {
		return false
	}
	seconds, err := number.Float64()
	if err != nil || math.Abs(seconds) > maxSeconds {
		return false
	}
	f.Set(reflect.ValueOf(time.UnixMilli(int64(math.Round(seconds * 1000))).UTC()))
	return true
}
